package dev.billhook.spi.store.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes fields with a bar behind each. Not thread-safe. */
final class FieldWriter {
    static final char BAR = '|';
    static final char ESCAPE = '\\';
    /** What stands behind an escape for NUL, which PostgreSQL refuses in texts. */
    static final char NUL = '0';

    private final StringBuilder text = new StringBuilder(128);

    FieldWriter text(String value) {
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == BAR || each == ESCAPE || each == '\0') {
                text.append(ESCAPE);
            }
            text.append(each == '\0' ? NUL : each);
        }
        return end();
    }

    FieldWriter number(long value) {
        text.append(value);
        return end();
    }

    FieldWriter flag(boolean value) {
        text.append(value ? '1' : '0');
        return end();
    }

    /** Seconds; with a fraction, which no provider has, ISO-8601; nothing for null. */
    FieldWriter time(@Nullable Instant value) {
        if (value == null) {
            return end();
        }
        return value.getNano() == 0 ? number(value.getEpochSecond()) : text(value.toString());
    }

    private FieldWriter end() {
        text.append(BAR);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
