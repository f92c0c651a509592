package dev.billhook.event;

import dev.billhook.account.AccountRef;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.NextStep;
import dev.billhook.money.Money;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.SaleVerdict.Mismatch;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.trial.TrialRefusal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact about an account's billing. Derived from the difference between the mirror's old and new state, so each fact is
 * emitted once however often, late or out of order the provider delivers. Immutable.
 *
 * <p>All there is to listen to stands in this one file, and a host names each fact by it.
 *
 * @since 0.1.0
 */
public sealed interface BillingEvent {
    /** Id, account and time. */
    EventMeta meta();

    /** Stable id: the same fact has the same id however often it is delivered. */
    default String id() {
        return meta().id();
    }

    /** Whom it concerns. */
    default AccountRef account() {
        return meta().account();
    }

    /**
     * A subscription gives full access for money: its first payment, or its trial's end with payment.
     *
     * @param plans the plans it gives
     */
    record SubscriptionActivated(EventMeta meta, String subscriptionId, List<PlanKey> plans) implements BillingEvent {}

    /**
     * A free trial began.
     *
     * @param trialEnd when it ends (UTC)
     */
    record TrialStarted(
            EventMeta meta,
            String subscriptionId,
            List<PlanKey> plans,
            @Nullable Instant trialEnd) implements BillingEvent {}

    /** The plans of a running subscription's lines are others than before. */
    record PlanChanged(EventMeta meta, String subscriptionId, List<PlanKey> before, List<PlanKey> after)
            implements BillingEvent {}

    /** The quantity of a plan's line changed. */
    record UnitsChanged(EventMeta meta, String subscriptionId, PlanKey plan, long before, long after)
            implements BillingEvent {}

    /**
     * The subscription will end.
     *
     * @param endsAt when (UTC)
     */
    record CancellationScheduled(EventMeta meta, String subscriptionId, Instant endsAt) implements BillingEvent {}

    /** A pending cancellation was withdrawn. */
    record CancellationWithdrawn(EventMeta meta, String subscriptionId) implements BillingEvent {}

    /**
     * The lines will be others from a later time on.
     *
     * @param changesAt when (UTC)
     * @param plans the plans it will have
     */
    record PlanChangeScheduled(EventMeta meta, String subscriptionId, Instant changesAt, List<PlanKey> plans)
            implements BillingEvent {}

    /** A scheduled change of the lines will not come. */
    record PlanChangeWithdrawn(EventMeta meta, String subscriptionId) implements BillingEvent {}

    /** The subscription ended. */
    record SubscriptionEnded(EventMeta meta, String subscriptionId, SubscriptionStatus lastStatus)
            implements BillingEvent {}

    /** A late subscription is paid again. */
    record PaymentRecovered(EventMeta meta, String subscriptionId) implements BillingEvent {}

    /**
     * An invoice could not be collected.
     *
     * @param amountDue what is open
     * @param nextAttempt when the provider tries again (UTC), or null if it does not
     * @param page where the customer can look at it and pay, or null
     */
    record PaymentFailed(
            EventMeta meta,
            @Nullable String subscriptionId,
            String invoiceId,
            Money amountDue,
            @Nullable Instant nextAttempt,
            @Nullable URI page)
            implements BillingEvent {}

    /**
     * An invoice is paid.
     *
     * @param amountPaid what was paid; zero for free trials
     */
    record InvoicePaid(EventMeta meta, @Nullable String subscriptionId, String invoiceId, Money amountPaid)
            implements BillingEvent {}

    /**
     * What is charged by default changed, or what a subscription of the account is charged to of its own.
     *
     * @param paymentMethod the new one, or null if the customer has none now
     */
    record PaymentMethodChanged(EventMeta meta, @Nullable PaymentMethod paymentMethod) implements BillingEvent {}

    /**
     * An invoice is final and open; of interest where it is paid by hand.
     *
     * @param amountDue what is open
     * @param page where the customer can look at it and pay, or null
     */
    record InvoiceIssued(
            EventMeta meta,
            @Nullable String subscriptionId,
            String invoiceId,
            Money amountDue,
            @Nullable URI page) implements BillingEvent {}

    /**
     * The bank asks for the customer: without him the payment cannot go through.
     *
     * @param page where the customer confirms it, or null
     */
    record PaymentActionRequired(
            EventMeta meta,
            @Nullable String subscriptionId,
            String invoiceId,
            Money amountDue,
            @Nullable URI page) implements BillingEvent {}

    /**
     * A subscription will renew soon.
     *
     * @param amountDue what will be due as things stand, or null if the provider could not tell
     * @param dueAt when (UTC)
     * @param plans what renews
     * @param paymentMethod what will be charged, or null if nothing is known that could be
     */
    record RenewalUpcoming(
            EventMeta meta,
            String subscriptionId,
            @Nullable Money amountDue,
            Instant dueAt,
            List<PlanKey> plans,
            @Nullable PaymentMethod paymentMethod)
            implements BillingEvent {}

    /**
     * A free trial ends soon.
     *
     * @param trialEnd when (UTC)
     * @param plans what is tried
     * @param goesOn whether it will be charged then; if not, it ends with the trial
     * @param amountDue what will be due as things stand, or null if nothing will or the provider could not tell
     * @param paymentMethod what will be charged, or null if nothing is known that could be
     */
    record TrialEnding(
            EventMeta meta,
            String subscriptionId,
            Instant trialEnd,
            List<PlanKey> plans,
            boolean goesOn,
            @Nullable Money amountDue,
            @Nullable PaymentMethod paymentMethod)
            implements BillingEvent {}

    /**
     * A card that will be charged expires soon.
     *
     * @param expiresAt from when on it cannot be charged (UTC)
     */
    record CardExpiring(EventMeta meta, PaymentMethod paymentMethod, Instant expiresAt) implements BillingEvent {}

    /**
     * The account will have no full access any more, unless something is done.
     *
     * @param at when (UTC)
     * @param reason what the reason will be
     * @param nextStep what the account should be asked to do
     * @param plans what it loses
     * @param bill what is to be paid for it not to happen, or null if it is not a matter of paying
     */
    record AccessLimitApproaching(
            EventMeta meta,
            Instant at,
            AccessReason reason,
            NextStep nextStep,
            List<PlanKey> plans,
            @Nullable OpenBill bill)
            implements BillingEvent {}

    /**
     * The account has no full access any more.
     *
     * @param plans what it had
     * @param closesAt when it will be closed unless something is done (UTC), or null if it will not
     * @param bill what is to be paid to have it back, or null if it is not a matter of paying
     */
    record AccessLimited(
            EventMeta meta,
            AccessReason reason,
            NextStep nextStep,
            List<PlanKey> plans,
            @Nullable Instant closesAt,
            @Nullable OpenBill bill)
            implements BillingEvent {}

    /** An account whose access was limited, or that was closed, has full access again. */
    record AccessRestored(EventMeta meta, List<PlanKey> plans) implements BillingEvent {}

    /**
     * The account will not even be readable any more, unless something is done.
     *
     * @param at when (UTC)
     */
    record ClosureApproaching(EventMeta meta, Instant at, AccessReason reason, NextStep nextStep)
            implements BillingEvent {}

    /** The account is not readable any more: what it had ended too long ago. */
    record AccountClosed(EventMeta meta, AccessReason reason, NextStep nextStep) implements BillingEvent {}

    /**
     * A discount was given.
     *
     * @param coupon key of the coupon
     */
    record DiscountApplied(EventMeta meta, String subscriptionId, String coupon) implements BillingEvent {}

    /**
     * A running subscription lost a discount: it was taken off, used up, or its time is over.
     *
     * @param coupon key of the coupon
     */
    record DiscountRemoved(EventMeta meta, String subscriptionId, String coupon) implements BillingEvent {}

    /**
     * A trial runs that should not have been given: what became known after Checkout had one already.
     *
     * @param reason what had one
     */
    record TrialMisused(EventMeta meta, String subscriptionId, TrialRefusal reason) implements BillingEvent {}

    /**
     * The account has a limited plan that more accounts have than there are places: its payment came when its place was somebody
     * else's, or it was given the plan past Checkout.
     *
     * @param places how many there are
     * @param taken how many accounts have it, this one included
     */
    record OfferOversold(EventMeta meta, PlanKey plan, long places, long taken) implements BillingEvent {}

    /** Invoices are made, but not collected for now. */
    record CollectionPaused(EventMeta meta, String subscriptionId) implements BillingEvent {}

    /** Invoices are collected again. */
    record CollectionResumed(EventMeta meta, String subscriptionId) implements BillingEvent {}

    /** The trial ended without a payment method: nothing is given and nothing charged until it is resumed. */
    record SubscriptionPaused(EventMeta meta, String subscriptionId) implements BillingEvent {}

    /**
     * Money was given back.
     *
     * @param refunded all that was given back of the payment so far
     * @param paid what had been paid
     */
    record RefundIssued(EventMeta meta, String paymentId, Money refunded, Money paid) implements BillingEvent {
        /** Whether nothing is left of the payment. */
        public boolean full() {
            return refunded.minorUnits() >= paid.minorUnits();
        }
    }

    /**
     * The customer disputes a payment at the bank.
     *
     * @param reason the bank's reason in the provider's words, e.g. {@code fraudulent}
     */
    record DisputeOpened(EventMeta meta, String disputeId, String paymentId, Money amount, String reason)
            implements BillingEvent {}

    /**
     * A dispute was decided.
     *
     * @param won whether the money stays
     */
    record DisputeClosed(EventMeta meta, String disputeId, String paymentId, Money amount, boolean won)
            implements BillingEvent {}

    /**
     * The features the provider itself entitles the account to changed, for hosts that define them there. What the catalog
     * gives is not affected. Of two such events the one that occurred later holds.
     *
     * @param features all of them now, by the provider's lookup keys
     */
    record FeaturesChanged(EventMeta meta, List<String> features) implements BillingEvent {}

    /**
     * An account has more than one running subscription with a plan of the catalog, and may be paying twice.
     *
     * @param subscriptionId the one that was added
     * @param others the others
     */
    record DuplicateSubscriptionDetected(EventMeta meta, String subscriptionId, List<String> others)
            implements BillingEvent {}

    /** The account is being deleted; what it has ends now. */
    record AccountDeletionStarted(EventMeta meta) implements BillingEvent {}

    /**
     * The account is deleted, and the host deletes what it keeps of it. What is told of its subscriptions and payments from now on
     * carries the other name.
     *
     * @param keptAs the name under which subscriptions and purchases are kept
     */
    record AccountDeleted(EventMeta meta, AccountRef keptAs) implements BillingEvent {}

    /**
     * A plan was paid for once and gives its access for ever. Told once the money is there.
     *
     * @param purchaseId see {@link dev.billhook.purchase.Purchase#id()}
     * @param units how many
     */
    record PurchaseMade(EventMeta meta, String purchaseId, PlanKey plan, long units) implements BillingEvent {}

    /**
     * A purchase gives no access any more.
     *
     * @param purchaseId see {@link dev.billhook.purchase.Purchase#id()}
     * @param reason why
     */
    record PurchaseRevoked(EventMeta meta, String purchaseId, PlanKey plan, Purchase.Reason reason)
            implements BillingEvent {}

    /**
     * A purchase that was revoked gives its access again: the dispute was won, or the refund failed.
     *
     * @param purchaseId see {@link dev.billhook.purchase.Purchase#id()}
     */
    record PurchaseRestored(EventMeta meta, String purchaseId, PlanKey plan) implements BillingEvent {}

    /**
     * A payment that takes days, e.g. a bank's debit, did not succeed, so nothing was bought.
     *
     * @param checkoutId see {@link dev.billhook.checkout.Checkout#id()}
     * @param plan what was to be bought, or null if that is not known
     */
    record PurchaseFailed(
            EventMeta meta, String checkoutId, @Nullable PlanKey plan) implements BillingEvent {}

    /**
     * Something was paid that is not what the catalog sells, and gives nothing. Somebody must look at it: refund it, or give
     * a grant.
     *
     * @param checkoutId the provider's id of the Checkout session
     * @param mismatch what is wrong
     */
    record PurchaseMismatched(EventMeta meta, String checkoutId, Mismatch mismatch) implements BillingEvent {}
}
