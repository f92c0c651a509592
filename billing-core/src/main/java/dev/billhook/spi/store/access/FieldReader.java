package dev.billhook.spi.store.access;

import java.time.Instant;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FieldWriter} wrote. Not thread-safe. */
final class FieldReader {
    private final String text;
    private final boolean escapes;
    private int at;

    FieldReader(String text) {
        this.text = text;
        this.escapes = text.indexOf(FieldWriter.ESCAPE) >= 0;
    }

    boolean more() {
        return at < text.length();
    }

    String text() {
        if (escapes) {
            return unescaped();
        }
        int start = at;
        return text.substring(start, pastBar());
    }

    private String unescaped() {
        StringBuilder value = new StringBuilder();
        for (char each = next(); each != FieldWriter.BAR; each = next()) {
            char meant = each == FieldWriter.ESCAPE ? next() : each;
            value.append(each == FieldWriter.ESCAPE && meant == FieldWriter.NUL ? '\0' : meant);
        }
        return value.toString();
    }

    private char next() {
        if (!more()) {
            throw new NoSuchElementException("The text ends too soon");
        }
        return text.charAt(at++);
    }

    long number() {
        int start = at;
        return Long.parseLong(text, start, pastBar(), 10);
    }

    boolean flag() {
        return number() == 1;
    }

    Instant getTime() {
        Instant time = time();
        if (time == null) {
            throw new NoSuchElementException("No time where one must be");
        }
        return time;
    }

    @Nullable Instant time() {
        int start = at;
        int end = pastBar();
        if (start == end) {
            return null;
        }
        return text.charAt(end - 1) == 'Z'
                ? Instant.parse(text.substring(start, end))
                : Instant.ofEpochSecond(Long.parseLong(text, start, end, 10));
    }

    /** The end of the field, whose bar is passed. */
    private int pastBar() {
        int bar = text.indexOf(FieldWriter.BAR, at);
        if (bar < 0) {
            throw new NoSuchElementException("The text ends too soon");
        }
        at = bar + 1;
        return bar;
    }
}
