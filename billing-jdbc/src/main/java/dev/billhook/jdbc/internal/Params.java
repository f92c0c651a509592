package dev.billhook.jdbc.internal;

import dev.billhook.account.AccountRef;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values for the named parameters of a statement. Not thread-safe. */
public final class Params {
    private static final int MAX_ERROR = 1000;

    private final Map<String, @Nullable Object> values = new HashMap<>();

    /** No values. */
    public Params() {}

    /** The key of an account. */
    public static Params of(AccountRef account) {
        return new Params().with(account);
    }

    /** One value. */
    public static Params of(String name, Object value) {
        return new Params().with(name, value);
    }

    /**
     * Adds a value.
     *
     * @param value a string, number, boolean, enum constant, instant or null
     */
    public Params with(String name, @Nullable Object value) {
        values.put(name, value);
        return this;
    }

    /** Adds an error's text, fit for a column: without NUL, which PostgreSQL refuses, and cut between characters. */
    public Params withError(String name, @Nullable String text) {
        if (text == null) {
            return with(name, null);
        }
        String printable = text.replace('\0', ' ');
        if (printable.length() <= MAX_ERROR) {
            return with(name, printable);
        }
        int end = Character.isHighSurrogate(printable.charAt(MAX_ERROR - 1)) ? MAX_ERROR - 1 : MAX_ERROR;
        return with(name, printable.substring(0, end));
    }

    /** Adds the key of an account. */
    public Params with(AccountRef account) {
        return with("account_type", account.type()).with("account_id", account.id());
    }

    @Nullable Object value(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("No value for parameter " + name);
        }
        return values.get(name);
    }
}
