package dev.billhook.simulator.kernel.rows;

import java.util.Arrays;

/** Numbers for identifiers, so that a packed document names another by its number. What has a number keeps it. */
final class Names {
    private String[] values = new String[64];
    private int[] slots = new int[256];
    private int size;

    /** The number of an identifier, which is given one when it has none. */
    int add(String name) {
        int found = find(name);
        if (found >= 0) {
            return found;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = name;
        if (size * 2 > slots.length) {
            slots = new int[slots.length * 2];
            for (int number = 0; number < size; number++) {
                slots[free(values[number])] = number + 1;
            }
        } else {
            slots[free(name)] = size;
        }
        return size - 1;
    }

    /** The number of an identifier, or -1. */
    int find(String name) {
        return slots[free(name)] - 1;
    }

    String get(int number) {
        return values[number];
    }

    /** The slot where a name stands or would stand. */
    private int free(String name) {
        int hash = name.hashCode() * 0x9E3779B9;
        int slot = (hash ^ (hash >>> 15)) & (slots.length - 1);
        while (slots[slot] != 0 && !values[slots[slot] - 1].equals(name)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
