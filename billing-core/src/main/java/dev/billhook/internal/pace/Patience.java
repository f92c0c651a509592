package dev.billhook.internal.pace;

import dev.billhook.error.ProviderException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the provider at a pace, and again when it asks for patience. A call repeated carries the same request key. */
public final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final int TRIES = 8;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Duration pause;
    private final Duration first;

    /**
     * @param pause before each call
     * @param first before a call is repeated; doubles each time
     */
    public Patience(Duration pause, Duration first) {
        this.pause = pause;
        this.first = first;
    }

    /**
     * The call's answer.
     *
     * @throws ProviderException if it fails for long, or for good
     */
    public <T> T call(Supplier<T> call) {
        sleep(pause);
        Duration wait = first;
        for (int i = 1; ; i++) {
            try {
                return call.get();
            } catch (ProviderException e) {
                if (!e.retryable() || i == TRIES) {
                    throw e;
                }
                LOG.info("The provider asks for patience; the call is repeated in {}", wait, e);
            }
            sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
        }
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The job was interrupted; its next run goes on with it", e);
        }
    }
}
