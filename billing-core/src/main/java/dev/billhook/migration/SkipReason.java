package dev.billhook.migration;

/**
 * Why a subscription stays on its older price.
 *
 * @since 0.1.0
 */
public enum SkipReason {
    /** A change is scheduled for it already, perhaps this one by a run before. */
    SCHEDULED,
    /** It will end, so there is no renewal. */
    ENDING,
    /** It is unpaid, paused, or waits for its first payment. */
    NOT_RUNNING,
    /** The plan is not sold in its currency any more, or the currency is not known. */
    CURRENCY,
    /** The present price has another interval; that is a change of plan. */
    OTHER_INTERVAL,
    /** One of the two prices is charged by use and the other one is not; that is a change of plan. */
    OTHER_KIND,
    /** The older price is none a catalog can express, so nobody can say what changes. */
    UNKNOWN_PRICE,
    /** The payment that comes with the change failed or waits for the customer. */
    PAYMENT_FAILED,
    /** The provider refused the change. */
    REFUSED
}
