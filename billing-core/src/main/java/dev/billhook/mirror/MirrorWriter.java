package dev.billhook.mirror;

import java.util.List;

/**
 * The only door through which the mirror changes: locks the accounts' rows, decides what is newer, writes, derives the events
 * from the differences, calls the in-transaction listeners and fills the outbox, all in one transaction (the caller's, if one
 * is open). Thread-safe.
 *
 * @since 0.1.0
 */
public interface MirrorWriter {
    /**
     * Takes changes in their order, of as many accounts as there are, in few round trips.
     *
     * @return what became of each, in the same order
     */
    List<ApplyResult> applyAll(List<MirrorChange> changes);

    /** Takes one change. */
    default ApplyResult apply(MirrorChange change) {
        return applyAll(List.of(change)).get(0);
    }

    /** Takes the provider's state of an object. */
    default ApplyResult apply(Snapshot snapshot, Basis basis) {
        return apply(new MirrorChange.State(snapshot, basis));
    }
}
