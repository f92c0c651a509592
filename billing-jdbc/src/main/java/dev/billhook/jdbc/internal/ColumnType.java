package dev.billhook.jdbc.internal;

import java.lang.reflect.Array;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a column holds, as far as arrays must know it. */
public enum ColumnType {
    /** Text. */
    TEXT("text", String.class),
    /** A whole number. */
    NUMBER("int8", Long.class) {
        @Override
        @Nullable Object element(@Nullable Object value) {
            return value == null ? null : ((Number) value).longValue();
        }
    },
    /** A truth value. */
    FLAG("bool", Boolean.class),
    /**
     * An instant. Drivers have no arrays of them, so they travel as microseconds since 1970; whole seconds are exact for
     * thousands of years, others until 2255.
     */
    TIME("int8", Long.class) {
        @Override
        String cast(String element) {
            return "timestamp with time zone 'epoch' + " + element + " * interval '1 microsecond'";
        }

        @Override
        @Nullable Object element(@Nullable Object value) {
            return value == null ? null : micros(((Instant) value).truncatedTo(ChronoUnit.MICROS));
        }

        /** What {@link ChronoUnit#between} counts goes through nanoseconds, of which a long holds only 292 years. */
        private static long micros(Instant time) {
            return Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND), time.getNano() / NANOS_PER_MICRO);
        }
    };

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private final String elementType;
    private final Class<?> element;

    ColumnType(String elementType, Class<?> element) {
        this.elementType = elementType;
        this.element = element;
    }

    /** The database's name of the elements' type. */
    String elementType() {
        return elementType;
    }

    /** An empty array of so many elements. */
    Object[] array(int size) {
        return (Object[]) Array.newInstance(element, size);
    }

    /** An element of the array as the column wants it. */
    String cast(String element) {
        return element;
    }

    /** The value as an element of an array. */
    @Nullable Object element(@Nullable Object value) {
        return value;
    }
}
