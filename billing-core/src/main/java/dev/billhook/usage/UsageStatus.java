package dev.billhook.usage;

/**
 * How far a usage record got.
 *
 * @since 0.1.0
 */
public enum UsageStatus {
    /** To be reported. */
    PENDING,
    /** The provider has it. */
    SENT,
    /** The provider refused it too often, or nobody knows whether it has it; an operator decides. */
    DEAD,
    /** Given up by an operator, or because its account was deleted: charged by nobody; its key stays taken. */
    DISCARDED
}
