package dev.billhook.jdbc.internal;

import java.lang.reflect.Array;
import java.time.Instant;
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
    /** An instant; drivers have no arrays of them, so they travel as text. */
    TIME("text", String.class) {
        @Override
        String cast(String element) {
            return "cast(" + element + " as timestamp with time zone)";
        }

        @Override
        @Nullable Object element(@Nullable Object value) {
            return value == null
                    ? null
                    : TimestampForm.WITH_ZONE.write((Instant) value).toString();
        }
    };

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
