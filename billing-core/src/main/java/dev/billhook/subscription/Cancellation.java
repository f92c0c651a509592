package dev.billhook.subscription;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a subscription is to end, and what is given back.
 *
 * @since 0.1.0
 */
public sealed interface Cancellation {
    /** With the current period, which stays paid for. */
    static Cancellation atPeriodEnd() {
        return new AtPeriodEnd();
    }

    /** At the given instant (UTC, whole seconds); nothing is given back for the time that is cut off. */
    static Cancellation at(Instant end) {
        return new At(end);
    }

    /** At once; nothing is given back. */
    static Cancellation now() {
        return new Now(Settlement.NOTHING);
    }

    /** At once. */
    static Cancellation now(Settlement settlement) {
        return new Now(settlement);
    }

    /** With the current period. */
    record AtPeriodEnd() implements Cancellation {}

    /**
     * At a date.
     *
     * @param end when (UTC, whole seconds)
     */
    record At(Instant end) implements Cancellation {}

    /**
     * At once.
     *
     * @param settlement what is given back
     */
    record Now(Settlement settlement) implements Cancellation {}

    /**
     * What is given back for the time that was paid for and will not be used. It is what the provider credits for that time in any
     * other change, less what was used and not billed yet; and no more than what was paid for the running period. What of the
     * running period is still to be paid is lowered first.
     */
    enum Settlement {
        /** Nothing; what was used and not billed yet is not billed. */
        NOTHING,
        /** To the account's credit balance, which pays its next invoices. */
        CREDIT,
        /** To where it was paid from: the card what the card paid, the credit balance what that paid. */
        REFUND
    }

    /**
     * Why the account leaves, in its own words.
     *
     * @param feedback which of the usual reasons, or null
     * @param comment what it says, or null; goes to the provider and is not kept here
     */
    record Why(@Nullable Feedback feedback, @Nullable String comment) {
        /** It did not say. */
        public static final Why UNSAID = new Why(null, null);

        /** One of the usual reasons. */
        public static Why of(Feedback feedback) {
            return new Why(feedback, null);
        }

        /** Leaves the comment out: it is personal. */
        @Override
        public String toString() {
            return "Why[" + feedback + (comment == null ? "]" : ", with a comment]");
        }
    }

    /** The usual reasons to leave. Source: Stripe, {@code cancellation_details.feedback}. */
    enum Feedback {
        CUSTOMER_SERVICE,
        LOW_QUALITY,
        MISSING_FEATURES,
        OTHER,
        SWITCHED_SERVICE,
        TOO_COMPLEX,
        TOO_EXPENSIVE,
        UNUSED
    }

    /** What led to the end. Source: Stripe, {@code cancellation_details.reason}. */
    enum Cause {
        /** Somebody asked for it. */
        CANCELLATION_REQUESTED,
        /** Its payment was disputed. */
        PAYMENT_DISPUTED,
        /** Its invoices were not paid. */
        PAYMENT_FAILED
    }

    /**
     * What the provider tells about a cancellation.
     *
     * @param cause what led to it, or null if it is not known
     * @param feedback why the account leaves, or null if it did not say
     */
    record Told(@Nullable Cause cause, @Nullable Feedback feedback) {
        /** Reads the provider's spellings, e.g. {@code too_expensive}; null if neither is known. */
        public static @Nullable Told ofWire(@Nullable String cause, @Nullable String feedback) {
            Cause known = find(Cause.values(), cause);
            Feedback said = find(Feedback.values(), feedback);
            return known == null && said == null ? null : new Told(known, said);
        }

        private static <E extends Enum<E>> @Nullable E find(E[] values, @Nullable String wire) {
            return Stream.of(values)
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(wire))
                    .findFirst()
                    .orElse(null);
        }
    }
}
