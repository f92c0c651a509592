package dev.billhook.spi.provider;

import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.WebhookRequest;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Reads incoming events.
 *
 * @since 0.1.0
 */
public interface WebhookGateway {
    /** Verifies the signature and reads the envelope. Never throws for bad input. */
    Reception receive(WebhookRequest request);

    /** Like {@link #receive}, for who asks at once what the event says: adapters may read the body once for both. */
    default Received receiveAndRead(WebhookRequest request) {
        Reception reception = receive(request);
        return new Received(reception, () -> content(((Reception.Accepted) reception).payload()));
    }

    /**
     * Reads what a verified payload says, in every API version the adapter knows. Makes no call.
     *
     * @throws dev.billhook.BillingException if the payload cannot be understood; it is kept and tried again
     */
    EventContent content(String payload);

    /**
     * Asks the provider for what a verified payload leaves out. Called only where {@link #content} answered
     * {@link EventContent.Elsewhere}, and never within a transaction.
     *
     * @return anything but {@link EventContent.Elsewhere}; no state, because the provider's answer is newer than the event
     * @throws dev.billhook.error.ProviderException if the provider cannot be asked
     */
    EventContent fetch(String payload);

    /**
     * What became of a request, and what it says.
     *
     * @param content where the request is accepted, what {@link WebhookGateway#content} answers or throws
     */
    record Received(Reception reception, Supplier<EventContent> content) {}

    /** What became of a request. */
    sealed interface Reception {
        /**
         * It is the provider's.
         *
         * @param envelope what every event tells
         * @param payload the body as text
         */
        record Accepted(Envelope envelope, String payload) implements Reception {}

        /**
         * It is refused.
         *
         * @param reason why
         * @param detail one line for the sender, free of secrets
         */
        record Refused(Rejection reason, String detail) implements Reception {}
    }

    /**
     * What every event tells.
     *
     * @param id unique
     * @param type e.g. {@code invoice.paid}
     * @param createdAt the provider's time (UTC, whole seconds)
     * @param livemode whether it is about real money
     */
    record Envelope(String id, String type, Instant createdAt, boolean livemode) {}
}
