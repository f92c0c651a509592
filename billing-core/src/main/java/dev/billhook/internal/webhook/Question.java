package dev.billhook.internal.webhook;

import dev.billhook.catalog.PlanKey;
import dev.billhook.mirror.Notice;
import dev.billhook.webhook.InboxEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    /**
     * What was sold once at a payment page.
     *
     * @param plan what it was opened for, or null if it was not Billhook that opened it
     */
    record OfSale(String sessionId, @Nullable PlanKey plan) implements Question {}

    /** What became of a purchase, of whose payment something was heard. */
    record OfPayment(String paymentId) implements Question {}

    /**
     * Who made the payment a notice is about.
     *
     * @param payment the payment whose purchase it may concern, or null
     */
    record OfPayer(Notice.Dispute notice, @Nullable String payment, Instant occurredAt) implements Question {}
}
