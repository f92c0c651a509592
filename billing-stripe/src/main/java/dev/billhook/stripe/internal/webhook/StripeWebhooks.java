package dev.billhook.stripe.internal.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.billhook.BillingException;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.stripe.internal.event.EventReader;
import dev.billhook.stripe.internal.event.NotificationReader;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.WebhookRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes Stripe's events, and the notifications of its v2 API. */
public final class StripeWebhooks implements WebhookGateway {
    private static final char REPLACEMENT = '\uFFFD';

    private final SignatureVerifier verifier;
    private final EnvelopeReader envelopes = new EnvelopeReader();
    private final Function<JsonNode, EventContent> rests;
    private final ObjectMapper json = JsonMapper.builder().build();

    /**
     * @param secrets accepted signing secrets; with none, every request is refused
     * @param rests asks for what an event leaves out
     * @param tolerance how far a signature's time may be from the clock's
     */
    public StripeWebhooks(
            List<String> secrets, Duration tolerance, InstantSource clock, Function<JsonNode, EventContent> rests) {
        this.verifier = new SignatureVerifier(secrets, tolerance, clock);
        this.rests = rests;
    }

    @Override
    public Reception receive(WebhookRequest request) {
        byte[] body = request.body();
        if (body.length > WebhookRequest.MAX_BODY_BYTES) {
            return new Reception.Refused(
                    Rejection.BODY_TOO_LARGE,
                    "The body is larger than " + WebhookRequest.MAX_BODY_BYTES + " bytes; no event of Stripe is");
        }
        Optional<SignatureVerifier.Refusal> refusal = verifier.check(body, request.signature());
        if (refusal.isPresent()) {
            return new Reception.Refused(refusal.get().reason(), refusal.get().detail());
        }
        String payload = new String(body, StandardCharsets.UTF_8);
        if (payload.indexOf(REPLACEMENT) >= 0 && !isUtf8(body)) {
            return malformed("The body is signed, but is not UTF-8");
        }
        return envelopes
                .read(body)
                .<Reception>map(envelope -> new Reception.Accepted(envelope, payload))
                .orElseGet(() -> malformed("The body is signed, but is no event of Stripe's"));
    }

    /** Tells a replacement character that was sent from one that stands for what cannot be read. */
    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public EventContent content(String payload) {
        return read(
                payload,
                event -> NotificationReader.isNotification(event)
                        ? NotificationReader.read(event)
                        : EventReader.read(event));
    }

    @Override
    public EventContent fetch(String payload) {
        return read(payload, rests);
    }

    private EventContent read(String payload, Function<JsonNode, EventContent> reader) {
        JsonNode event = parse(payload);
        try {
            return reader.apply(event);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new BillingException("A value in the event's payload is out of its range", e);
        }
    }

    private JsonNode parse(String payload) {
        try {
            JsonNode event = json.readTree(payload);
            if (event != null && event.isObject()) {
                return event;
            }
        } catch (JsonProcessingException e) {
            // The parser's message quotes the payload, so it is not passed on.
            throw new BillingException("The event's payload is not JSON");
        }
        throw new BillingException("The event's payload is no JSON object");
    }

    private static Reception malformed(String detail) {
        return new Reception.Refused(Rejection.BODY_MALFORMED, detail);
    }
}
