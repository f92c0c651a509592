package dev.billhook.spring.actuate;

import dev.billhook.Billing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the state from the database, with five short statements for each account. Thread-safe. */
final class BillingStateReader {
    /** A dozen meters that are read together share one reading. */
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final Billing billing;
    private final Map<String, Billing> further;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private @Nullable BillingState recent;
    private long readAt;

    /**
     * @param further the host's other billings, by the names of their beans
     */
    BillingStateReader(Billing billing, Map<String, Billing> further, InstantSource clock, LongSupplier nanoTime) {
        this.billing = billing;
        this.further = Map.copyOf(further);
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Names of the further accounts' beans. */
    Set<String> further() {
        return further.keySet();
    }

    /** The state now. */
    BillingState read() {
        Map<String, BillingState> states = new HashMap<>();
        further.forEach((name, other) -> states.put(name, of(other, Map.of())));
        return of(billing, states);
    }

    private BillingState of(Billing one, Map<String, BillingState> states) {
        return new BillingState(
                one.switchedOff(),
                clock.instant(),
                one.inbox().count(),
                one.inbox().oldestPending().orElse(null),
                one.outbox().summary(),
                one.usageOutbox().summary(),
                one.reconciler().lastReplay().orElse(null),
                states);
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
