package dev.billhook.internal.reconcile;

import dev.billhook.spi.store.BillingStores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Has a job that any node could do run once an interval. Two nodes that look in the same instant may both run it: that
 * doubles the calls and does no other harm.
 */
final class Turns {
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    private final BillingStores stores;
    private final InstantSource clock;

    Turns(BillingStores stores, InstantSource clock) {
        this.stores = stores;
        this.clock = clock;
    }

    /** Runs the job unless somebody began it within the interval; one that failed is due again after some minutes. */
    void run(String job, Duration interval, Runnable work) {
        if (!take(job, interval)) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException failure) {
            if (interval.compareTo(AFTER_FAILURE) > 0) {
                save(job, clock.instant().minus(interval).plus(AFTER_FAILURE));
            }
            throw failure;
        }
    }

    private boolean take(String job, Duration interval) {
        Instant now = clock.instant();
        return stores.transactor().inTransaction(() -> {
            boolean due = stores.cursors()
                    .find(name(job))
                    .map(Instant::parse)
                    .map(begun -> !begun.plus(interval).isAfter(now))
                    .orElse(true);
            if (due) {
                save(job, now);
            }
            return due;
        });
    }

    private void save(String job, Instant begun) {
        stores.cursors().save(name(job), begun.toString());
    }

    private static String name(String job) {
        return "turn." + job;
    }
}
