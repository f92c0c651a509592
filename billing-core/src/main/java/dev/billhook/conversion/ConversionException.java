package dev.billhook.conversion;

import dev.billhook.RefusedException;

/**
 * There is no way from the subscription to the target plan; the message says why and what to do instead.
 *
 * @since 0.1.0
 */
public final class ConversionException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param problem why, naming subscription and plan
     * @param remedy what to do instead
     */
    public ConversionException(Reason reason, String problem, String remedy) {
        super(problem, remedy);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** Why a subscription cannot become one of a plan. */
    public enum Reason {
        /** It has ended. */
        ENDED,
        /** Its first payment is still open. */
        FIRST_PAYMENT_OPEN,
        /** Invoices are unpaid, and the provider has given up to collect them. */
        UNPAID,
        /** Its trial ended without a payment method. */
        PAUSED,
        /** It is in a state this version does not know. */
        UNKNOWN_STATUS,
        /** It will end, so there is no renewal to change at. */
        ENDING,
        /** It has no line of a tier in the catalog. */
        NO_PLAN,
        /** The target is paid once. */
        ONE_TIME_TARGET,
        /** The target is an add-on. */
        ADD_ON_TARGET,
        /** The target is limited to some accounts, and no place is held until the renewal. */
        LIMITED,
        /** The target is not sold in the subscription's currency. */
        CURRENCY,
        /** The target is not sold in that number of units. */
        UNITS_NOT_ALLOWED,
        /** The number of units is fixed for the period. */
        UNITS_FIXED,
        /** One of its add-ons does not go with the target's tier. */
        ADD_ON_NOT_ALLOWED,
        /** One of its add-ons is not sold at the target's interval in the subscription's currency. */
        ADD_ON_WITHOUT_SIBLING,
        /** A line that is not the catalog's keeps the present interval, and one subscription has one interval. */
        FOREIGN_LINE
    }
}
