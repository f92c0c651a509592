package dev.billhook.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is turned. */
public final class TestClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public TestClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Now in whole seconds, as a provider tells time. */
    public Instant seconds() {
        return instant().truncatedTo(ChronoUnit.SECONDS);
    }

    public void advance(Duration by) {
        now.updateAndGet(old -> old.plus(by));
    }
}
