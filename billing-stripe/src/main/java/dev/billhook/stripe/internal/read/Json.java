package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.BillingException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads single values out of Stripe's documents. JSON null and a missing field are the same. */
public final class Json {
    private Json() {}

    /** The field, or null. */
    public static @Nullable JsonNode node(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** The field's text, or null if it is no text. */
    public static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    /**
     * The field's text.
     *
     * @throws BillingException if it is no text
     */
    public static String requireText(JsonNode object, String field) {
        String text = text(object, field);
        if (text == null) {
            throw malformed(object, field);
        }
        return text;
    }

    /** The id in a field that holds an id or, expanded, the object; null if there is neither. */
    public static @Nullable String id(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value != null && value.isObject() ? text(value, "id") : text(object, field);
    }

    /** Whether the field is true. */
    public static boolean flag(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    /** The field's whole number, or null if it is none. */
    public static @Nullable Long number(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value != null && value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    /** The field's whole number, or null if it is none; for small ones. */
    public static @Nullable Integer integer(JsonNode object, String field) {
        Long number = number(object, field);
        return number == null ? null : Math.toIntExact(number);
    }

    /**
     * The field's whole number.
     *
     * @throws BillingException if it is none
     */
    public static long requireNumber(JsonNode object, String field) {
        Long number = number(object, field);
        if (number == null) {
            throw malformed(object, field);
        }
        return number;
    }

    /** The field's seconds since 1970, or null if it has none. */
    public static @Nullable Instant instant(JsonNode object, String field) {
        Long seconds = number(object, field);
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    /**
     * The field's seconds since 1970.
     *
     * @throws BillingException if it has none
     */
    public static Instant requireInstant(JsonNode object, String field) {
        return Instant.ofEpochSecond(requireNumber(object, field));
    }

    /** Names the object and the field, and no content: it may be personal. */
    public static BillingException malformed(JsonNode object, String field) {
        return new BillingException("Stripe's " + orUnknown(text(object, "object")) + " "
                + orUnknown(text(object, "id")) + " has no readable '" + field
                + "'; this version of the adapter does not know its shape");
    }

    private static String orUnknown(@Nullable String text) {
        return text == null || text.length() > 255 ? "object" : text;
    }
}
