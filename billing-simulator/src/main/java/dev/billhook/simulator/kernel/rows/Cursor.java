package dev.billhook.simulator.kernel.rows;

import java.nio.charset.StandardCharsets;

/** Bytes being read. */
final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
        this.bytes = bytes;
    }

    int next() {
        return bytes[at++];
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int part = bytes[at++];
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    int count() {
        return (int) number();
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Goes on behind so many bytes and tells where they begin. */
    int skip(int count) {
        at += count;
        return at - count;
    }

    boolean bit(int from, int bit) {
        return (bytes[from + (bit >> 3)] & (1 << (bit & 7))) != 0;
    }
}
