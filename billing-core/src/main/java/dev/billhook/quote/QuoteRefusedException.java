package dev.billhook.quote;

import dev.billhook.RefusedException;

/**
 * A quote cannot be made, accepted or withdrawn; the message says why and what to do instead. Nothing was changed.
 *
 * @since 0.1.0
 */
public final class QuoteRefusedException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param problem why, naming the quote
     * @param remedy what to do instead
     */
    public QuoteRefusedException(Reason reason, String problem, String remedy) {
        super(problem, remedy);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** Why it is refused. */
    public enum Reason {
        /** The subscription is what would be offered already. */
        NOTHING_TO_CHANGE,
        /** It was never completed. */
        DRAFT,
        /** It was accepted. */
        ACCEPTED,
        /** It was withdrawn. */
        CANCELED,
        /** It ran out. */
        EXPIRED,
        /** The account's subscription is not the one the offer was made for, or its lines are others. */
        SUBSCRIPTION_CHANGED,
        /** The plan's price, or what the catalog says of it, is not what was offered. */
        PRICE_CHANGED,
        /** The account has a subscription, and the offer is for a new one. */
        ALREADY_SUBSCRIBED,
        /** A new subscription has no renewal it could begin at. */
        NO_RENEWAL
    }
}
