package dev.billhook.jdbc.internal;

import dev.billhook.account.AccountRef;
import java.util.ArrayList;
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
     * Adds values for a list such as {@code in (:ids)}. There are a few lengths of lists only, so that a database meets the
     * same statements again: the last value is repeated until the next power of two.
     *
     * @throws IllegalArgumentException if there is no value
     */
    public Params withList(String name, Collection<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("A list in a statement cannot be empty: " + name);
        }
        List<Object> padded = new ArrayList<>(list);
        while (Integer.bitCount(padded.size()) > 1) {
            padded.add(padded.get(padded.size() - 1));
        }
        if (padded.size() > 1) {
            listSizes.put(name, padded.size());
        }
        return with(name, padded);
    }

    /** Lengths of the lists that have more than one value. */
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
