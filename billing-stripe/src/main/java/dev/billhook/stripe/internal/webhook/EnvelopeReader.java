package dev.billhook.stripe.internal.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.spi.provider.WebhookGateway.Envelope;
import dev.billhook.stripe.internal.event.NotificationReader;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the four fields every event has had since API version 2020-08-27, and every notification of the v2 API; the rest is
 * built only where it is wanted. Thread-safe.
 */
final class EnvelopeReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");
    /** Stripe's longest has fewer than a hundred; stores give it a column of this length. */
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    private static final long YEAR_10000 = 253_402_300_800L;

    private final ObjectMapper json;

    EnvelopeReader(ObjectMapper json) {
        this.json = json;
    }

    /**
     * What was read.
     *
     * @param event all of it, or null if it was not built
     */
    record Body(Envelope envelope, @Nullable JsonNode event) {}

    /** The envelope, or empty if the text, which is UTF-8, is no event. */
    Optional<Body> read(byte[] payload) {
        return parsed(payload, null);
    }

    /** Like {@link #read}, with all of the event unless something in it cannot be built. */
    Optional<Body> readWhole(byte[] payload) {
        Optional<Body> whole = parsed(payload, json.createObjectNode());
        return whole.isPresent() ? whole : read(payload);
    }

    /**
     * @param event gets the fields, or is null
     */
    private Optional<Body> parsed(byte[] payload, @Nullable ObjectNode event) {
        if (payload.length < 2 || "{ \t\r\n".indexOf(payload[0]) < 0 || payload[1] == 0) {
            // The parser would take other encodings, too, and byte order marks.
            return Optional.empty();
        }
        try (JsonParser parser = json.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Fields fields = fields(parser, event);
            return parser.nextToken() == null
                    ? fields.toEnvelope().map(envelope -> new Body(envelope, event))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Fields fields(JsonParser parser, @Nullable ObjectNode event) throws IOException {
        Fields fields = new Fields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            fields.take(name, parser.nextToken(), parser);
            if (event == null) {
                parser.skipChildren();
            } else {
                event.set(name, json.<JsonNode>readTree(parser));
            }
        }
        return fields;
    }

    private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    private static final class Fields {
        private @Nullable String object;
        private @Nullable String id;
        private @Nullable String type;
        private @Nullable Long created;
        private @Nullable String createdText;
        private @Nullable Boolean livemode;

        void take(String name, JsonToken value, JsonParser parser) throws IOException {
            switch (name) {
                case "object" -> object = text(parser, value);
                case "id" -> id = text(parser, value);
                case "type" -> type = text(parser, value);
                case "created" -> {
                    created = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
                    createdText = text(parser, value);
                }
                case "livemode" -> livemode = value.isBoolean() ? parser.getBooleanValue() : null;
                default -> {}
            }
        }

        Optional<Envelope> toEnvelope() {
            Long seconds = seconds();
            if (id == null || type == null || seconds == null || livemode == null) {
                return Optional.empty();
            }
            boolean sound =
                    ID.matcher(id).matches() && TYPE.matcher(type).matches() && seconds >= 0 && seconds < YEAR_10000;
            return sound
                    ? Optional.of(new Envelope(id, type, Instant.ofEpochSecond(seconds), livemode))
                    : Optional.empty();
        }

        /** Events tell seconds since 1970, notifications a text. */
        private @Nullable Long seconds() {
            if ("event".equals(object)) {
                return created;
            }
            if (!NotificationReader.OBJECT.equals(object) || createdText == null) {
                return null;
            }
            try {
                return Instant.parse(createdText).getEpochSecond();
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }
}
