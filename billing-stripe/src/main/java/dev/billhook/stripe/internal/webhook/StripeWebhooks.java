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
import dev.billhook.stripe.internal.webhook.EnvelopeReader.Body;
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
import java.util.function.BiFunction;
import java.util.function.Function;

/** Takes Stripe's events, and the notifications of its v2 API. */
public final class StripeWebhooks implements WebhookGateway {
    private static final char REPLACEMENT = '\uFFFD';

    private final SignatureVerifier verifier;
    private final Function<JsonNode, EventContent> rests;
    private final ObjectMapper json = JsonMapper.builder().build();
    private final EnvelopeReader envelopes = new EnvelopeReader(json);

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
        return receive(request, EnvelopeReader::read).reception();
    }

    @Override
    public Received receiveAndRead(WebhookRequest request) {
        return receive(request, EnvelopeReader::readWhole);
    }

    private Received receive(WebhookRequest request, BiFunction<EnvelopeReader, byte[], Optional<Body>> reader) {
        byte[] body = request.body();
        if (body.length > WebhookRequest.MAX_BODY_BYTES) {
            return refused(
                    Rejection.BODY_TOO_LARGE,
                    "The body is larger than " + WebhookRequest.MAX_BODY_BYTES + " bytes; no event of Stripe is");
        }
        Optional<SignatureVerifier.Refusal> refusal = verifier.check(body, request.signature());
        if (refusal.isPresent()) {
            return refused(refusal.get().reason(), refusal.get().detail());
        }
        String payload = new String(body, StandardCharsets.UTF_8);
        if (payload.indexOf(REPLACEMENT) >= 0 && !isUtf8(body)) {
            return refused(Rejection.BODY_MALFORMED, "The body is signed, but is not UTF-8");
        }
        return reader.apply(envelopes, body)
                .map(read -> accepted(payload, read))
                .orElseGet(() -> refused(Rejection.BODY_MALFORMED, "The body is signed, but is no event of Stripe's"));
    }

    private Received accepted(String payload, Body body) {
        JsonNode event = body.event();
        return new Received(
                new Reception.Accepted(body.envelope(), payload),
                event == null ? () -> content(payload) : () -> content(event));
    }

    private static Received refused(Rejection reason, String detail) {
        return new Received(new Reception.Refused(reason, detail), () -> {
            throw new IllegalStateException("The request was refused");
        });
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
        return content(parse(payload));
    }

    private static EventContent content(JsonNode event) {
        return inRange(event, NotificationReader.isNotification(event) ? NotificationReader::read : EventReader::read);
    }

    @Override
    public EventContent fetch(String payload) {
        return inRange(parse(payload), rests);
    }

    private static EventContent inRange(JsonNode event, Function<JsonNode, EventContent> reader) {
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
}
