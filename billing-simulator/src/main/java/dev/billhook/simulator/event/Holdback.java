package dev.billhook.simulator.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Deliveries that wait until later ones to the same endpoint have overtaken them. Thread-safe. */
final class Holdback {
    private static final class Held {
        private final Runnable send;
        private int overtakers;

        private Held(Runnable send, int overtakers) {
            this.send = send;
            this.overtakers = overtakers;
        }
    }

    private final Map<String, List<Held>> byEndpoint = new HashMap<>();

    /** Holds a delivery back until so many others have been sent; what is returned sends it before that. */
    synchronized Runnable hold(String endpointId, int overtakers, Runnable send) {
        Held held = new Held(send, overtakers);
        byEndpoint.computeIfAbsent(endpointId, any -> new ArrayList<>()).add(held);
        return () -> release(endpointId, held);
    }

    /** Counts a delivery that was sent, and sends those that have been overtaken by enough. */
    synchronized void overtake(String endpointId) {
        Iterator<Held> waiting = byEndpoint.getOrDefault(endpointId, List.of()).iterator();
        while (waiting.hasNext()) {
            Held held = waiting.next();
            if (--held.overtakers <= 0) {
                waiting.remove();
                held.send.run();
            }
        }
    }

    /** Sends everything that still waits. */
    synchronized void releaseAll() {
        byEndpoint.values().forEach(waiting -> waiting.forEach(held -> held.send.run()));
        byEndpoint.clear();
    }

    synchronized void clear() {
        byEndpoint.clear();
    }

    synchronized int size() {
        return byEndpoint.values().stream().mapToInt(List::size).sum();
    }

    private synchronized void release(String endpointId, Held held) {
        if (byEndpoint.getOrDefault(endpointId, List.of()).remove(held)) {
            held.send.run();
        }
    }
}
