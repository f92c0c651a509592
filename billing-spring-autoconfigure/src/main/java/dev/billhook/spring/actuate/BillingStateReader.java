package dev.billhook.spring.actuate;

import dev.billhook.Billing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the state from the database, with four short statements. Thread-safe. */
final class BillingStateReader {
    /** A dozen meters that are read together share one reading. */
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final Billing billing;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private @Nullable BillingState recent;
    private long readAt;

    BillingStateReader(Billing billing, InstantSource clock, LongSupplier nanoTime) {
        this.billing = billing;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** The state now. */
    BillingState read() {
        return new BillingState(
                billing.switchedOff(),
                clock.instant(),
                billing.inbox().count(),
                billing.inbox().oldestPending().orElse(null),
                billing.outbox().summary(),
                billing.reconciler().lastReplay().orElse(null));
    }

    /** The state of at most ten seconds ago. */
    synchronized BillingState recent() {
        long now = nanoTime.getAsLong();
        BillingState state = recent;
        if (state == null || now - readAt > FRESH_NANOS) {
            state = read();
            recent = state;
            readAt = now;
        }
        return state;
    }
}
