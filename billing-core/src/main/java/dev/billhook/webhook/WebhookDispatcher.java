package dev.billhook.webhook;

/**
 * Takes in the provider's events. Thread-safe; any number of nodes may work on one database.
 *
 * @since 0.1.0
 */
public interface WebhookDispatcher {
    /**
     * Verifies, stores and applies one request. Bad input is an outcome, not an exception.
     *
     * @throws dev.billhook.BillingException if the event could not even be stored; answer 500 so that the provider
     *     delivers it again
     */
    WebhookOutcome dispatch(WebhookRequest request);

    /**
     * Applies events that wait and whose time has come: queued ones, and those whose applying failed.
     *
     * @param max how many at most
     * @return how many were tried
     */
    int processDue(int max);
}
