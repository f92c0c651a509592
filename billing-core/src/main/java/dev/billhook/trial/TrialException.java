package dev.billhook.trial;

import dev.billhook.RefusedException;

/**
 * A trial cannot be changed as asked; the message says why and what to do instead.
 *
 * @since 0.1.0
 */
public final class TrialException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param problem why
     * @param remedy what to do instead
     */
    public TrialException(Reason reason, String problem, String remedy) {
        super(problem, remedy);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** Why a trial cannot be changed. */
    public enum Reason {
        /** There is none. */
        NOT_IN_TRIAL,
        /** The new end is not after the present one. */
        NOT_LATER,
        /** The new end is more than two years away. */
        TOO_LATE,
        /** A change of plan is scheduled for its end. */
        CHANGE_SCHEDULED,
        /** There is nothing to charge. */
        NO_PAYMENT_METHOD,
        /** There are no units to charge for. */
        NO_UNITS
    }
}
