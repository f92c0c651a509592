package dev.billhook.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names a plan of the catalog; also the lookup key of its price at the provider.
 *
 * @param value lower-case letters, digits, {@code .}, {@code _} and {@code -}; starts with a letter or digit; at most 64
 *     characters
 * @since 0.1.0
 */
public record PlanKey(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /**
     * @throws IllegalArgumentException if the value is not of the form above
     */
    @JsonCreator
    public PlanKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException("'" + value + "' is no plan key; it must match " + FORM.pattern());
        }
    }

    /** The plan key of the given text. */
    public static PlanKey of(String value) {
        return new PlanKey(value);
    }

    /** Whether the text has the form of a plan key. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
