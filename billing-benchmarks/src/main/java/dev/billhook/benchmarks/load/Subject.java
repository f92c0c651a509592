package dev.billhook.benchmarks.load;

/** What is under load. */
enum Subject {
    /** Verifies, inserts and upserts, in a transaction per request. */
    BARE_APPLY,
    /** Verifies and inserts, a commit per request. */
    BARE_STORE,
    /** Billhook: mirror and outbox are written before the answer. */
    INLINE,
    /** Billhook: the event is safe before the answer, and applied in batches by a thread beside it. */
    QUEUED,
    /** Stripe's sync engine for Node, if the harness is told where it is. */
    SYNC_ENGINE
}
