package dev.billhook.addon;

import dev.billhook.RefusedException;

/**
 * An add-on cannot be had or changed as asked; the message says why and what to do instead.
 *
 * @since 0.1.0
 */
public final class AddOnException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param problem why
     * @param remedy what to do instead
     */
    public AddOnException(Reason reason, String problem, String remedy) {
        super(problem, remedy);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** Why an add-on cannot be had or changed. */
    public enum Reason {
        /** The plan is a tier's, or is paid once. */
        NOT_AN_ADD_ON,
        /** It does not go with the account's tier. */
        NOT_WITH_TIER,
        /** It is not sold in the main subscription's currency. */
        CURRENCY,
        /** It is not sold in that number of units. */
        UNITS_NOT_ALLOWED,
        /** The account has it already. */
        PRESENT,
        /** The account does not have it. */
        MISSING,
        /** The main subscription is in no state to take one. */
        NOT_RUNNING,
        /** The main subscription will end, so there is no renewal to change at. */
        ENDING,
        /** A line has the main subscription's interval. */
        OTHER_INTERVAL,
        /** A subscription of its own begins now. */
        BEGINS_NOW
    }
}
