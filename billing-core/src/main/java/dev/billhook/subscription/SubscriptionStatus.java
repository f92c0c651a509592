package dev.billhook.subscription;

import java.util.Locale;

/**
 * A subscription's state in the provider's terms; source: Stripe, "How subscriptions work", subscription statuses.
 *
 * @since 0.1.0
 */
public enum SubscriptionStatus {
    /** The first payment is open; becomes active once paid, or expires. */
    INCOMPLETE,
    /** The first payment never came. Final. */
    INCOMPLETE_EXPIRED,
    /** In its free trial. */
    TRIALING,
    /** In good standing. */
    ACTIVE,
    /** The latest renewal was not paid yet; the provider retries. */
    PAST_DUE,
    /** Retries are exhausted; invoices stay drafts. */
    UNPAID,
    /** The trial ended without a payment method; nothing is charged until resumed. */
    PAUSED,
    /** Ended. Final. */
    CANCELED,
    /** A status this version does not know; treated like {@link #INCOMPLETE}. */
    UNKNOWN;

    /** Whether nothing can follow. */
    public boolean ended() {
        return this == CANCELED || this == INCOMPLETE_EXPIRED;
    }

    /** Whether the account is a subscriber: trialing, active or past due. */
    public boolean running() {
        return this == TRIALING || this == ACTIVE || this == PAST_DUE;
    }

    /** Reads the provider's spelling, e.g. {@code past_due}; anything else is {@link #UNKNOWN}. */
    public static SubscriptionStatus ofWire(String wire) {
        for (SubscriptionStatus status : values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(wire)) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
