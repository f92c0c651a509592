package dev.billhook.internal.entitlement;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * About what time it is. To ask the system's clock takes longer than to find an answer, so a thread asks it and writes down what it
 * says. Another clock than the system's is asked each time: it may jump.
 */
final class AboutNow implements AutoCloseable {
    /** It is no later than so much after what is told, unless the thread, which looks far more often, gets no processor so long. */
    static final long LAG_MILLIS = 1_000;

    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private final InstantSource clock;
    private volatile long writtenDown;
    private @Nullable Thread looking;

    AboutNow(InstantSource clock) {
        this.clock = clock;
    }

    /** Milliseconds since 1970; it is so late, or up to {@link #LAG_MILLIS} later. */
    long millis() {
        long millis = writtenDown;
        return millis == 0 ? clock.millis() : millis;
    }

    /** Begins to write down the time. Only for a clock that does not jump. */
    synchronized void start() {
        if (looking == null) {
            looking = new Thread(this::look, "billhook-time");
            looking.setDaemon(true);
            looking.start();
        }
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                writtenDown = clock.millis();
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writtenDown = 0;
        }
    }

    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.interrupt();
        }
    }
}
