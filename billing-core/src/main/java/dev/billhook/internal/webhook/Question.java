package dev.billhook.internal.webhook;

import dev.billhook.mirror.Notice;
import dev.billhook.webhook.InboxEvent;
import java.time.Instant;

/** What the provider must be asked before an event is settled; equal questions are asked once. */
sealed interface Question {
    /** The subscription's state. */
    record OfSubscription(String subscriptionId) implements Question {}

    /** The customer's state. */
    record OfCustomer(String customerId) implements Question {}

    /** The state of a customer and of the subscriptions with payment methods of their own: one of them changed. */
    record OfPaymentMethods(String customerId) implements Question {}

    /** The card that was left at a payment page. */
    record OfCard(String sessionId) implements Question {}

    /** The rest of an event that tells only what it is about. */
    record OfEvent(InboxEvent event) implements Question {}

    /** Who made the payment a notice is about. */
    record OfPayer(Notice.Dispute notice, Instant occurredAt) implements Question {}
}
