package dev.billhook.simulator.api.gateway;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest API requests, newest first, for the dashboard and for tests. Thread-safe. */
public final class RequestLog {
    private static final int KEPT = 1_000;

    /** One request and how it ended. */
    public record Entry(String requestId, Instant at, String method, String path, int status, String version) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** The latest requests, newest first. */
    public synchronized List<Entry> latest() {
        return List.copyOf(entries);
    }

    synchronized void add(Entry entry) {
        entries.addFirst(entry);
        if (entries.size() > KEPT) {
            entries.removeLast();
        }
    }
}
