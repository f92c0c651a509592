package dev.billhook.internal.migration;

import dev.billhook.internal.pace.Counts;
import dev.billhook.migration.MigrationStep;
import dev.billhook.migration.MigrationTotals;
import dev.billhook.migration.SkipReason;
import dev.billhook.spi.store.CursorStore;
import dev.billhook.spi.store.MirroredSubscription;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a migration got, kept so that one whose process died can go on. Before a subscription is moved it is noted as
 * begun: what was done to it before the end shows in itself, and only once it is noted as done is it counted. Used by one
 * thread.
 */
final class MigrationState {
    private static final String NOTHING = "-";

    private final CursorStore cursors;
    private final String cursor;
    private final boolean resumed;
    private @Nullable Instant at;
    private @Nullable String last;
    private @Nullable String begun;
    private MigrationTotals totals = MigrationTotals.NONE;

    MigrationState(CursorStore cursors, String name) {
        this.cursors = cursors;
        this.cursor = "migration." + name;
        Optional<String> saved = cursors.find(cursor);
        this.resumed = saved.isPresent();
        saved.ifPresent(this::read);
    }

    boolean resumed() {
        return resumed;
    }

    /** When the last subscription that is done was made, or null at the beginning. */
    @Nullable Instant at() {
        return at;
    }

    /** The last subscription that is done, or null at the beginning. */
    @Nullable String last() {
        return last;
    }

    /** Whether a run that died had begun with the subscription. */
    boolean hadBegun(String subscriptionId) {
        return subscriptionId.equals(begun);
    }

    MigrationTotals totals() {
        return totals;
    }

    void begins(String subscriptionId) {
        begun = subscriptionId;
        save();
    }

    /** A subscription is done; what was moved is noted at once, what was not need not be. */
    void done(MirroredSubscription row, Optional<MigrationStep> step) {
        at = row.subscription().createdAt();
        last = row.subscription().id();
        totals = totals.sawOne();
        step.ifPresent(each -> totals = totals.plus(each));
        if (begun != null) {
            begun = null;
            save();
        }
    }

    /** A page is done. */
    void save() {
        cursors.save(cursor, write());
    }

    void finished() {
        cursors.remove(cursor);
    }

    private String write() {
        return String.join(
                " ",
                at == null ? NOTHING : at.toString(),
                last == null ? NOTHING : last,
                begun == null ? NOTHING : begun,
                Long.toString(totals.seen()),
                Long.toString(totals.moved()),
                Counts.write(totals.skipped()));
    }

    private void read(String saved) {
        String[] parts = saved.split(" ", -1);
        at = NOTHING.equals(parts[0]) ? null : Instant.parse(parts[0]);
        last = NOTHING.equals(parts[1]) ? null : parts[1];
        begun = NOTHING.equals(parts[2]) ? null : parts[2];
        totals = new MigrationTotals(
                Long.parseLong(parts[3]), Long.parseLong(parts[4]), Counts.read(SkipReason.class, parts[5]), Map.of());
    }
}
