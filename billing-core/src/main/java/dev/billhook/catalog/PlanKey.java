package dev.billhook.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a plan of the catalog; also the lookup key of its price at the provider.
 *
 * @param value lower-case letters, digits, {@code .}, {@code _} and {@code -}; starts with a letter or digit; at most 64
 *     characters
 * @since 0.1.0
 */
public record PlanKey(@JsonValue String value) {
    private static final String FORM = "[a-z0-9][a-z0-9._-]{0,63}";
    private static final int MAX_LENGTH = 64;

    /**
     * @throws IllegalArgumentException if the value is not of the form above
     */
    @JsonCreator
    public PlanKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException("'" + value + "' is no plan key; it must match " + FORM);
        }
    }

    /** The plan key of the given text. */
    public static PlanKey of(String value) {
        return new PlanKey(value);
    }

    /** Whether the text has the form of a plan key. By hand, for keys are read at every question about access. */
    public static boolean isValid(String value) {
        int length = value.length();
        boolean valid = length > 0 && length <= MAX_LENGTH && isLetterOrDigit(value.charAt(0));
        for (int i = 1; valid && i < length; i++) {
            char each = value.charAt(i);
            valid = isLetterOrDigit(each) || each == '.' || each == '_' || each == '-';
        }
        return valid;
    }

    private static boolean isLetterOrDigit(char each) {
        return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9');
    }

    @Override
    public String toString() {
        return value;
    }
}
