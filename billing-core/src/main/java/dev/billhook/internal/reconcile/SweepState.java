package dev.billhook.internal.reconcile;

import dev.billhook.reconcile.Drift;
import dev.billhook.reconcile.SweepProgress;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.spi.store.CursorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a sweep got, kept so that one that was interrupted can go on. Used by one thread. */
final class SweepState {
    private final CursorStore cursors;
    private final SweepRequest request;
    private final String cursor;
    private final List<Drift> drifts = new ArrayList<>();
    private Phase phase = Phase.SUBSCRIPTIONS;
    private @Nullable String last;
    private SweepProgress counts = SweepProgress.NONE;

    /** What is gone through, in this order. */
    enum Phase {
        SUBSCRIPTIONS,
        PURCHASES,
        CUSTOMERS
    }

    SweepState(CursorStore cursors, SweepRequest request) {
        this.cursors = cursors;
        this.request = request;
        this.cursor = "sweep." + request.name() + (request.repair() ? ".repair" : "");
        if (request.resume()) {
            cursors.find(cursor).ifPresent(this::read);
        }
    }

    /** Whether a phase is still to be gone through. */
    boolean reaches(Phase one) {
        return phase.compareTo(one) <= 0;
    }

    /** The last object of the phase that is done, or null at its beginning. */
    @Nullable String lastOf(Phase one) {
        return phase == one ? last : null;
    }

    void found(Optional<Drift> drift) {
        drift.ifPresent(each -> {
            counts = new SweepProgress(
                    counts.subscriptions(),
                    counts.customers(),
                    counts.purchases(),
                    counts.drifted() + 1,
                    counts.repaired() + (each.repaired() ? 1 : 0));
            if (drifts.size() < request.maxDrifts()) {
                drifts.add(each);
            }
            request.found().accept(each);
        });
    }

    /** A page is done. */
    void reached(Phase one, @Nullable String newLast, int compared) {
        phase = one;
        last = newLast;
        counts = new SweepProgress(
                counts.subscriptions() + (one == Phase.SUBSCRIPTIONS ? compared : 0),
                counts.customers() + (one == Phase.CUSTOMERS ? compared : 0),
                counts.purchases() + (one == Phase.PURCHASES ? compared : 0),
                counts.drifted(),
                counts.repaired());
        cursors.save(cursor, write());
        request.progress().accept(counts);
    }

    void finished() {
        cursors.remove(cursor);
    }

    SweepProgress counts() {
        return counts;
    }

    List<Drift> drifts() {
        return drifts;
    }

    private String write() {
        return String.join(
                " ",
                phase.name(),
                last == null ? "-" : last,
                Long.toString(counts.subscriptions()),
                Long.toString(counts.customers()),
                Long.toString(counts.purchases()),
                Long.toString(counts.drifted()),
                Long.toString(counts.repaired()));
    }

    private void read(String saved) {
        String[] parts = saved.split(" ", -1);
        phase = Phase.valueOf(parts[0]);
        last = "-".equals(parts[1]) ? null : parts[1];
        counts = new SweepProgress(
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]));
    }
}
