package dev.billhook.spi.provider;

import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.mirror.InvoiceNotice;
import dev.billhook.mirror.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What an event says.
 *
 * @since 0.1.0
 */
public sealed interface EventContent {
    /** The state of an object at the event's time. */
    record State(Snapshot snapshot) implements EventContent {}

    /** Something of the customer changed that the event does not tell in full. */
    record CustomerTouched(String customerId) implements EventContent {}

    /** Something happened to an invoice. */
    record Invoice(InvoiceNotice notice) implements EventContent {}

    /**
     * A visit to the payment page ended.
     *
     * @param subscriptionId the subscription it made, or null
     */
    record CheckoutEnded(
            String checkoutId,
            CheckoutStatus status,
            @Nullable String subscriptionId) implements EventContent {}

    /** Nothing Billhook needs. */
    record Irrelevant() implements EventContent {}
}
