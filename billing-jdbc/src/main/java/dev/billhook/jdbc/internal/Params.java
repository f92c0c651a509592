package dev.billhook.jdbc.internal;

import dev.billhook.account.AccountRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values for the named parameters of a statement. Not thread-safe. */
public final class Params {
    private static final int MAX_ERROR = 2000;

    private final Map<String, @Nullable Object> values = new HashMap<>();
    private final Map<String, Integer> listSizes = new HashMap<>(0);

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

    /**
     * Adds values for a list such as {@code in (:ids)}.
     *
     * @throws IllegalArgumentException if there is no value
     */
    public Params withList(String name, Collection<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("A list in a statement cannot be empty: " + name);
        }
        if (list.size() > 1) {
            listSizes.put(name, places(list.size()));
        }
        return with(name, List.copyOf(list));
    }

    /**
     * How many places a list takes where each of its values has one: the next power of two, so that a database meets the same
     * statements again.
     */
    static int places(int size) {
        return size == 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }

    /** How many places the lists take that have more than one value. */
    Map<String, Integer> listSizes() {
        return listSizes;
    }

    @Nullable Object value(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("No value for parameter " + name);
        }
        return values.get(name);
    }
}
