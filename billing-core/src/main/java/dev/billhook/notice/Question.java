package dev.billhook.notice;

/**
 * What only the provider can say about a notice.
 *
 * @since 0.1.0
 */
public sealed interface Question {
    /**
     * What a subscription will be charged next.
     *
     * @param subscriptionId the provider's id
     */
    record NextInvoice(String subscriptionId) implements Question {}

    /**
     * Which invoice of a customer is open.
     *
     * @param customerId the provider's id
     */
    record OpenInvoice(String customerId) implements Question {}
}
