package dev.billhook.simulator.kernel.rows;

import java.util.Arrays;
import java.util.List;

/**
 * The fields of an object in their order, with the value each has as a rule: that of the first object of this shape. Objects of a
 * kind differ in few fields from each other, so what is usual need not be told.
 */
final class Shape {
    private final int number;
    private final List<String> fields;

    /** Packed; none is empty once an object of the shape was packed. */
    private final byte[][] usual;

    Shape(int number, List<String> fields) {
        this.number = number;
        this.fields = fields;
        this.usual = new byte[fields.size()][0];
    }

    int number() {
        return number;
    }

    List<String> fields() {
        return fields;
    }

    /** Number of bytes with a bit for each field. */
    int bytes() {
        return (fields.size() + 7) >> 3;
    }

    /** Whether this is the usual value of a field; the first one becomes it. */
    boolean isUsual(int field, byte[] packed, int from, int to) {
        byte[] value = usual[field];
        if (value.length == 0) {
            usual[field] = Arrays.copyOfRange(packed, from, to);
            return true;
        }
        return Arrays.equals(value, 0, value.length, packed, from, to);
    }

    byte[] usual(int field) {
        return usual[field];
    }
}
