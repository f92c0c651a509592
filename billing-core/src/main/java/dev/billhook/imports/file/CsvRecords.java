package dev.billhook.imports.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file with separated values, one after the other: values may be quoted, and then hold separators, line ends and
 * doubled quotes; blank lines are passed over. Source: RFC 4180, with commas or semicolons. Used by one thread.
 */
final class CsvRecords implements Iterator<CsvRecords.Values> {
    private static final int LONGEST = 100_000;
    private static final char QUOTE = '"';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader reader;
    private char separator;
    private long line;
    private @Nullable Values next;

    /**
     * A record.
     *
     * @param line where it begins, counted from 1
     * @param problem why it is none, or null
     */
    record Values(long line, List<String> values, @Nullable String problem) {
        Values {
            values = List.copyOf(values);
        }
    }

    /**
     * Records of the reader; the first, which has no quoted values, tells the separator: the semicolon if it has one and no comma.
     */
    CsvRecords(BufferedReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
    }

    @Override
    public Values next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Values values = Objects.requireNonNull(next);
        next = null;
        return values;
    }

    private @Nullable Values read() {
        String text = nextLine();
        while (text != null && text.isBlank()) {
            text = nextLine();
        }
        if (text == null) {
            return null;
        }
        if (separator == 0) {
            separator = text.indexOf(';') >= 0 && text.indexOf(',') < 0 ? ';' : ',';
        }
        long first = line;
        StringBuilder whole = new StringBuilder(text);
        Values values = split(first, whole);
        while (values == null) {
            String more = nextLine();
            if (more == null || whole.length() + more.length() > LONGEST) {
                throw new IllegalArgumentException("A quote that opens on line " + first + " is not closed");
            }
            values = split(first, whole.append('\n').append(more));
        }
        return values;
    }

    /** The record, or null if a quote is open at the end. */
    private @Nullable Values split(long first, CharSequence text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean closed = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (quoted) {
                boolean doubled = each == QUOTE && i + 1 < text.length() && text.charAt(i + 1) == QUOTE;
                if (each != QUOTE || doubled) {
                    value.append(each);
                    i += doubled ? 1 : 0;
                } else {
                    quoted = false;
                    closed = true;
                }
            } else if (each == separator) {
                values.add(value.toString());
                value.setLength(0);
                closed = false;
            } else if (each == QUOTE && value.length() == 0 && !closed) {
                quoted = true;
            } else if (each == QUOTE || closed) {
                return new Values(first, List.of(), "a quote stands within value " + (values.size() + 1));
            } else {
                value.append(each);
            }
        }
        values.add(value.toString());
        return quoted ? null : new Values(first, values, null);
    }

    private @Nullable String nextLine() {
        try {
            String text = reader.readLine();
            line++;
            return line == 1 && text != null && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK
                    ? text.substring(1)
                    : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
