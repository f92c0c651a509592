package dev.billhook.simulator.kernel.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being written. */
final class Bytes {
    private byte[] bytes = new byte[4096];
    private int size;

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    byte[] taken() {
        return Arrays.copyOf(bytes, size);
    }

    void cutTo(int length) {
        size = length;
    }

    void put(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Seven bits a byte, lowest first. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    /** A number that may be negative. */
    void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    /** Leaves room for bits, all of them clear, and tells where. */
    int bits(int count) {
        room(count);
        Arrays.fill(bytes, size, size + count, (byte) 0);
        size += count;
        return size - count;
    }

    void setBit(int at, int bit) {
        bytes[at + (bit >> 3)] |= (byte) (1 << (bit & 7));
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
