package dev.billhook.entitlement;

/**
 * What an account may do, in one word. Ordered from nothing to everything.
 *
 * @since 0.1.0
 */
public enum AccessState {
    /** Never subscribed: must choose a plan. */
    NONE,
    /** Expired too long ago: not even reading. */
    CLOSED,
    /** Expired: may read, export, change settings and pay; nothing else. */
    READ_ONLY,
    /** Payment is late; everything still works. */
    GRACE,
    /** Everything of the plan works, free of charge for now. */
    TRIALING,
    /** Everything of the plan works. */
    ACTIVE;

    /** Whether the plan's features are available. */
    public boolean full() {
        return this == ACTIVE || this == TRIALING || this == GRACE;
    }

    /** Whether the account may look at its data. */
    public boolean readable() {
        return full() || this == READ_ONLY;
    }
}
