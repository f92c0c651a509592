package dev.billhook;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * The key that every server derives from the same facts, so that servers that do the same at once have one effect.
     *
     * @param operation short name of what is done; keeps keys of different operations apart
     * @param facts what makes it the same
     */
    public static RequestKey derived(String operation, Object... facts) {
        String name = Stream.of(facts).map(String::valueOf).collect(Collectors.joining("|"));
        return new RequestKey(operation + "-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** A key nobody used before. */
    public static RequestKey random() {
        return new RequestKey(UUID.randomUUID().toString());
    }
}
