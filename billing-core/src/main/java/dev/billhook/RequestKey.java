package dev.billhook;

import java.util.UUID;

/**
 * Makes a write to the provider repeatable: the same key with the same values has one effect.
 *
 * @param value 1 to 200 visible ASCII characters
 * @since 0.1.0
 */
public record RequestKey(String value) {
    /**
     * @throws IllegalArgumentException if the value is not of the form above
     */
    public RequestKey {
        if (!value.matches("\\p{Graph}{1,200}")) {
            throw new IllegalArgumentException("A request key is 1 to 200 visible ASCII characters");
        }
    }

    /** A key nobody used before. */
    public static RequestKey random() {
        return new RequestKey(UUID.randomUUID().toString());
    }
}
