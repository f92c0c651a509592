package dev.billhook.simulator.kernel.rows;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows in the order of their creation, compactly. A view taken of them stays as it was while rows come and go. */
final class Rows {
    /** To look for a row costs about as much as to walk over this many. */
    private static final int FEW = 16;

    private Row[] rows = new Row[2];
    private int size;
    private boolean viewed;

    /** The rows between two positions at one moment. */
    @SuppressWarnings("ArrayRecordComponent") // read here, never compared
    record View(Row[] rows, int from, int to) {
        static final View NONE = new View(new Row[0], 0, 0);

        Stream<Row> newestFirst() {
            return IntStream.range(0, to - from).mapToObj(i -> rows[to - 1 - i]);
        }

        Stream<Row> oldestFirst() {
            return IntStream.range(from, to).mapToObj(i -> rows[i]);
        }

        View olderThan(int seq) {
            return new View(rows, from, position(rows, from, to, seq));
        }

        View newerThan(int seq) {
            return new View(rows, position(rows, from, to, seq + 1), to);
        }

        /** Those created between two seconds, provided that all of them are in the order of their seconds. */
        View createdBetween(long first, long last) {
            int start = first == Long.MIN_VALUE ? from : createdFrom(first);
            int end = last == Long.MAX_VALUE ? to : createdFrom(last + 1);
            return new View(rows, start, Math.max(start, end));
        }

        private int createdFrom(long second) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (rows[middle].created() < second) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** Only those with these numbers, looked for one by one where they are few; all, where they are not. */
        View narrowedTo(BitSet numbers) {
            int wanted = numbers.cardinality();
            if (wanted > size() / FEW) {
                return this;
            }
            Row[] found = new Row[wanted];
            int count = 0;
            for (int seq = numbers.nextSetBit(0); seq >= 0; seq = numbers.nextSetBit(seq + 1)) {
                int at = position(rows, from, to, seq);
                if (at < to && rows[at].seq() == seq) {
                    found[count++] = rows[at];
                }
            }
            return new View(found, 0, count);
        }

        boolean contains(Row row) {
            int at = position(rows, from, to, row.seq());
            return at < to && rows[at] == row;
        }

        int size() {
            return to - from;
        }
    }

    void add(Row row) {
        int at = size == 0 || rows[size - 1].seq() < row.seq() ? size : position(rows, 0, size, row.seq());
        if (at < size && rows[at] == row) {
            return;
        }
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size + (size >> 1) + 1);
            viewed = false;
        }
        if (at < size) {
            own();
            System.arraycopy(rows, at, rows, at + 1, size - at);
        }
        rows[at] = row;
        size++;
    }

    void remove(Row row) {
        int at = position(rows, 0, size, row.seq());
        if (at < size && rows[at].seq() == row.seq()) {
            own();
            System.arraycopy(rows, at + 1, rows, at, size - at - 1);
            size--;
        }
    }

    int size() {
        return size;
    }

    View view() {
        viewed = true;
        return new View(rows, 0, size);
    }

    /** Rows are appended behind what a view sees, but nothing it sees may move. */
    private void own() {
        if (viewed) {
            rows = rows.clone();
            viewed = false;
        }
    }

    /** Where the first row stands whose number is not below this one. */
    private static int position(Row[] rows, int from, int to, int seq) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows[middle].seq() < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
