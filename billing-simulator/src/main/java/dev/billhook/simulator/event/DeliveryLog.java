package dev.billhook.simulator.event;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/** The latest attempts to deliver, newest first. Thread-safe. */
final class DeliveryLog {
    private static final int KEPT = 5_000;

    private final Deque<Delivery> attempts = new ArrayDeque<>();
    private long count;

    /** Adds an attempt, which is made with its number. */
    synchronized void add(LongFunction<Delivery> attempt) {
        attempts.addFirst(attempt.apply(++count));
        if (attempts.size() > KEPT) {
            attempts.removeLast();
        }
    }

    synchronized List<Delivery> latest() {
        return List.copyOf(attempts);
    }

    synchronized void clear() {
        attempts.clear();
    }
}
