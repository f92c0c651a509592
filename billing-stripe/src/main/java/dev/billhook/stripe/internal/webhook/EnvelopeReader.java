package dev.billhook.stripe.internal.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.billhook.spi.provider.WebhookGateway.Envelope;
import dev.billhook.stripe.internal.event.NotificationReader;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the four fields every event has had since API version 2020-08-27, and every notification of the v2 API, without building
 * the rest. Thread-safe. */
final class EnvelopeReader {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,255}");
    /** Stripe's longest has fewer than a hundred; stores give it a column of this length. */
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    private static final long YEAR_10000 = 253_402_300_800L;

    private final JsonFactory json = new JsonFactory();

    /** The envelope, or empty if the text, which is UTF-8, is no event. */
    Optional<Envelope> read(byte[] payload) {
        if (payload.length < 2 || "{ \t\r\n".indexOf(payload[0]) < 0 || payload[1] == 0) {
            // The parser would take other encodings, too, and byte order marks.
            return Optional.empty();
        }
        try (JsonParser parser = json.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Fields fields = fields(parser);
            return parser.nextToken() == null ? fields.toEnvelope() : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Fields fields(JsonParser parser) throws IOException {
        Fields fields = new Fields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "object" -> fields.object = text(parser, value);
                case "id" -> fields.id = text(parser, value);
                case "type" -> fields.type = text(parser, value);
                case "created" -> {
                    fields.created = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null;
                    fields.createdText = text(parser, value);
                }
                case "livemode" -> fields.livemode = value.isBoolean() ? parser.getBooleanValue() : null;
                default -> {}
            }
            parser.skipChildren();
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
