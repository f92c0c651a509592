package dev.billhook.internal.reconcile;

import dev.billhook.reconcile.PastReplay;
import dev.billhook.reconcile.ReplayReport;
import dev.billhook.spi.store.CursorStore;
import java.time.Instant;
import java.util.Optional;

/** Remembers the newest replay for all nodes. */
final class PastReplays {
    private static final String CURSOR = "replayed";

    private final CursorStore cursors;

    PastReplays(CursorStore cursors) {
        this.cursors = cursors;
    }

    void save(PastReplay past) {
        ReplayReport report = past.report();
        cursors.save(
                CURSOR,
                "%s %d %d %b".formatted(past.finishedAt(), report.listed(), report.missed(), report.complete()));
    }

    Optional<PastReplay> find() {
        return cursors.find(CURSOR).map(PastReplays::read);
    }

    private static PastReplay read(String saved) {
        String[] parts = saved.split(" ", -1);
        return new PastReplay(
                Instant.parse(parts[0]),
                new ReplayReport(
                        Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Boolean.parseBoolean(parts[3])));
    }
}
