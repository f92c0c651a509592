package dev.billhook.mirror;

import java.time.Instant;

/**
 * The only door through which the mirror changes: locks the account's row, decides whether the snapshot is newer, writes,
 * derives the events from the difference, calls the in-transaction listeners and fills the outbox, all in one transaction
 * (the caller's, if one is open). Thread-safe.
 *
 * @since 0.1.0
 */
public interface MirrorWriter {
    /** Takes the provider's state of an object. */
    ApplyResult apply(Snapshot snapshot, Basis basis);

    /**
     * Takes a notice about an invoice.
     *
     * @param occurredAt the provider's time of it
     * @return {@link ApplyResult#APPLIED} or {@link ApplyResult#UNLINKED}
     */
    ApplyResult note(InvoiceNotice notice, Instant occurredAt);
}
