package dev.billhook.simulator.seed;

import java.util.Locale;

/** What a seeded account is like. */
public enum AccountState {
    /** Pays for a subscription by card. */
    ACTIVE,
    /** Tries a subscription, with a card at hand. */
    TRIALING,
    /** The card fails since the trial ended; collection is tried again as time passes. */
    PAST_DUE,
    /** Collection was given up, but the subscription goes on. */
    UNPAID,
    /** The subscription has ended. */
    CANCELED,
    /** Paid until the end of the period, and then it ends. */
    CANCELING,
    /** The first payment failed; it can be made good for 23 hours. */
    INCOMPLETE,
    /** The first payment failed and was never made good. Lives on a test clock. */
    INCOMPLETE_EXPIRED,
    /** The trial ended without a payment method. Lives on a test clock. */
    PAUSED,
    /** Active, but invoices are not collected. */
    COLLECTION_PAUSED,
    /** Pays for what it uses, and has used some. */
    METERED,
    /** Bought once through Checkout, without a subscription. */
    LIFETIME,
    /** Gets invoices by mail, and one is open. */
    OPEN_INVOICE;

    /** The word for it in requests, for example {@code past_due}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of this word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static AccountState of(String word) {
        for (AccountState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("there is no account state '" + word + "'");
    }
}
