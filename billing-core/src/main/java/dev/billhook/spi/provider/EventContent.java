package dev.billhook.spi.provider;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * What an event says.
 *
 * @since 0.1.0
 */
public sealed interface EventContent {
    /**
     * The state of an object at the event's time.
     *
     * @param notice what happened besides, or null
     */
    record State(Snapshot snapshot, @Nullable Notice notice) implements EventContent {
        /** A state, and nothing happened besides. */
        public State(Snapshot snapshot) {
            this(snapshot, null);
        }
    }

    /**
     * Something happened. If the notice names no customer, the one of its payment is asked for.
     *
     * @param payment the provider's id of a payment whose purchase it may concern, or null
     */
    record Noted(Notice notice, @Nullable String payment) implements EventContent {
        /** Something that concerns no purchase. */
        public Noted(Notice notice) {
            this(notice, null);
        }
    }

    /** Something of a payment changed that may concern a purchase. */
    record PaymentTouched(String payment) implements EventContent {}

    /** Something of the subscription changed that the event does not tell in full. */
    record SubscriptionTouched(String subscriptionId) implements EventContent {}

    /** Something of the customer changed that the event does not tell in full. */
    record CustomerTouched(String customerId) implements EventContent {}

    /**
     * A visit to the payment page ended.
     *
     * @param subscriptionId the subscription it made, or null
     * @param customerId who came, or null
     * @param account the account that was sent there, or null if it was not Billhook that sent it
     * @param sold what it sold once
     */
    record CheckoutEnded(
            String checkoutId,
            CheckoutStatus status,
            @Nullable String subscriptionId,
            @Nullable String customerId,
            @Nullable AccountRef account,
            Sold sold)
            implements EventContent {
        /** A visit that sold nothing once. */
        public CheckoutEnded(
                String checkoutId,
                CheckoutStatus status,
                @Nullable String subscriptionId,
                @Nullable String customerId,
                @Nullable AccountRef account) {
            this(checkoutId, status, subscriptionId, customerId, account, new Sold.Nothing());
        }
    }

    /** What a visit sold once. */
    sealed interface Sold {
        /** Nothing, or nothing yet. */
        record Nothing() implements Sold {}

        /**
         * Something, and the money is there.
         *
         * @param plan what the page was opened for, or null if it was not Billhook that opened it
         */
        record Settled(@Nullable PlanKey plan) implements Sold {}

        /**
         * Something, but the money did not come.
         *
         * @param plan what the page was opened for, or null if it was not Billhook that opened it
         */
        record Failed(@Nullable PlanKey plan) implements Sold {}
    }

    /** The event tells only what it is about; {@link WebhookGateway#fetch} asks for the rest. */
    record Elsewhere() implements EventContent {}

    /** Nothing Billhook needs. */
    record Irrelevant() implements EventContent {}
}
