package dev.billhook.spi.provider;

import dev.billhook.account.AccountRef;
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

    /** Something happened. If the notice names no customer, the one of its payment is asked for. */
    record Noted(Notice notice) implements EventContent {}

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
     */
    record CheckoutEnded(
            String checkoutId,
            CheckoutStatus status,
            @Nullable String subscriptionId,
            @Nullable String customerId,
            @Nullable AccountRef account)
            implements EventContent {}

    /** The event tells only what it is about; {@link WebhookGateway#fetch} asks for the rest. */
    record Elsewhere() implements EventContent {}

    /** Nothing Billhook needs. */
    record Irrelevant() implements EventContent {}
}
