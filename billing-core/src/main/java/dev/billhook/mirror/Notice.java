package dev.billhook.mirror;

import dev.billhook.catalog.PlanKey;
import dev.billhook.money.Money;
import dev.billhook.purchase.SaleVerdict.Mismatch;
import dev.billhook.trial.TrialRefusal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something happened that is worth an event of its own, whatever state the object is in by the time it is told. Taken once
 * however often it is told: {@link #key()} names the fact.
 *
 * @since 0.1.0
 */
public sealed interface Notice {
    /** Whose; null if the provider does not say and must be asked. */
    @Nullable String customerId();

    /** The same for the same fact. */
    String key();

    /**
     * Whether it stays taken for ever. What events tell cannot be told again once the events are forgotten; what the provider
     * lists for ever is found anew by each sweep.
     */
    default boolean lasting() {
        return false;
    }

    /**
     * An invoice was issued, paid or could not be paid.
     *
     * @param kind what happened
     * @param subscriptionId the subscription it bills, or null
     * @param amount paid or due
     * @param attempt number of attempts to collect it so far
     * @param nextAttempt when collection is tried again (UTC), or null
     * @param page where the customer can look at it and pay, or null
     */
    record Invoice(
            InvoiceKind kind,
            String invoiceId,
            String customerId,
            @Nullable String subscriptionId,
            Money amount,
            long attempt,
            @Nullable Instant nextAttempt,
            @Nullable URI page)
            implements Notice {
        @Override
        public String key() {
            boolean repeatable = kind == InvoiceKind.PAYMENT_FAILED || kind == InvoiceKind.ACTION_REQUIRED;
            return kind + "|" + invoiceId + (repeatable ? "|" + attempt : "");
        }
    }

    /**
     * The provider says that a trial ends or a subscription renews soon. It tells nothing by itself: the account is looked at
     * by the {@link dev.billhook.notice.NoticeRules} at once, which know of both before.
     */
    record Reminder(String customerId, String subscriptionId) implements Notice {
        @Override
        public String key() {
            return "REMINDER|" + subscriptionId;
        }
    }

    /**
     * A trial runs that should not have been given.
     *
     * @param reason what had one already
     */
    record TrialMisuse(String customerId, String subscriptionId, TrialRefusal reason) implements Notice {
        @Override
        public String key() {
            return "TRIAL_MISUSE|" + subscriptionId + "|" + reason;
        }
    }

    /**
     * A limited plan has more accounts than places.
     *
     * @param places how many there are
     * @param taken how many accounts have it
     * @param cause id of the subscription or purchase that was taken in
     */
    record Oversold(String customerId, PlanKey plan, long places, long taken, String cause) implements Notice {
        @Override
        public String key() {
            return "OVERSOLD|" + plan + "|" + cause;
        }
    }

    /**
     * Money was given back.
     *
     * @param paymentId the provider's id of the payment
     * @param refunded all that was given back of it so far
     * @param paid what had been paid
     */
    record Refund(String customerId, String paymentId, Money refunded, Money paid) implements Notice {
        @Override
        public String key() {
            return "REFUND|" + paymentId + "|" + refunded.minorUnits();
        }
    }

    /**
     * A customer disputes a payment at the bank, or that came to its end.
     *
     * @param kind what happened
     * @param customerId whose, or null if only the payment tells
     * @param paymentId the provider's id of the payment
     * @param amount what is disputed
     * @param reason the bank's reason in the provider's words, e.g. {@code fraudulent}
     */
    record Dispute(
            DisputeKind kind,
            @Nullable String customerId,
            String disputeId,
            String paymentId,
            Money amount,
            String reason)
            implements Notice {
        @Override
        public String key() {
            return "DISPUTE|" + disputeId + "|" + kind;
        }

        /** This notice with its customer. */
        public Dispute of(String customer) {
            return new Dispute(kind, customer, disputeId, paymentId, amount, reason);
        }
    }

    /**
     * The features the provider itself entitles a customer to changed.
     *
     * @param features all of them by their keys, sorted
     * @param at the provider's time of the change (UTC, whole seconds)
     */
    record Features(String customerId, List<String> features, Instant at) implements Notice {
        /** Copies the features. */
        public Features {
            features = List.copyOf(features);
        }

        @Override
        public String key() {
            return "FEATURES|" + customerId + "|" + at.getEpochSecond() + "|"
                    + Integer.toHexString(features.hashCode());
        }
    }

    /**
     * A delayed payment of a one-time purchase did not succeed.
     *
     * @param sessionId the provider's id of the Checkout session
     * @param plan what was to be bought, or null if that is not known
     */
    record SaleFailed(
            String customerId, String sessionId, @Nullable PlanKey plan) implements Notice {
        @Override
        public String key() {
            return "SALE_FAILED|" + sessionId;
        }
    }

    /**
     * Something was paid that is not what the catalog sells.
     *
     * @param sessionId the provider's id of the Checkout session
     */
    record SaleMismatch(String customerId, String sessionId, Mismatch mismatch) implements Notice {
        @Override
        public String key() {
            return "SALE_MISMATCH|" + sessionId;
        }

        @Override
        public boolean lasting() {
            return true;
        }
    }

    /** What happened to an invoice. */
    enum InvoiceKind {
        /** It is final and open. */
        ISSUED,
        /** It is paid. */
        PAID,
        /** An attempt to collect it failed. */
        PAYMENT_FAILED,
        /** The bank asks for the customer. */
        ACTION_REQUIRED
    }

    /** What happened to a dispute. */
    enum DisputeKind {
        /** It was raised. */
        OPENED,
        /** It was decided for the host. */
        WON,
        /** It was decided for the customer. */
        LOST
    }
}
