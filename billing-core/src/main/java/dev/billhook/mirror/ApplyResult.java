package dev.billhook.mirror;

/**
 * What became of a snapshot.
 *
 * @since 0.1.0
 */
public enum ApplyResult {
    /** Written; its events are emitted. */
    APPLIED,
    /** The mirror says the same already. */
    UNCHANGED,
    /** Older than the mirror; ignored. */
    STALE,
    /** Cannot be told from this snapshot: fetch the object and apply the answer. */
    FETCH_NEEDED,
    /** The row moved while the object was fetched: fetch again. */
    CONFLICT,
    /** Belongs to a customer of no known account. */
    UNLINKED,
    /** Its metadata names an account that has another customer, which lives. */
    ACCOUNT_TAKEN;

    /** Whether it was left out because it belongs to nobody yet. */
    public boolean unowned() {
        return this == UNLINKED || this == ACCOUNT_TAKEN;
    }
}
