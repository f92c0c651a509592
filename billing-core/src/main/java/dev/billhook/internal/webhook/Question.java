package dev.billhook.internal.webhook;

import dev.billhook.mirror.Notice;
import java.time.Instant;

/** What the provider must be asked before an event is settled; equal questions are asked once. */
sealed interface Question {
    /** The subscription's state. */
    record OfSubscription(String subscriptionId) implements Question {}

    /** The customer's state. */
    record OfCustomer(String customerId) implements Question {}

    /** Who made the payment a notice is about. */
    record OfPayer(Notice.Dispute notice, Instant occurredAt) implements Question {}
}
