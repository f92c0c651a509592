package dev.billhook.event;

import dev.billhook.account.AccountRef;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.money.Money;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact about an account's billing. Derived from the difference between the mirror's old and new state, so each fact is
 * emitted once however often, late or out of order the provider delivers. Immutable.
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
     */
    record PaymentFailed(
            EventMeta meta,
            @Nullable String subscriptionId,
            String invoiceId,
            Money amountDue,
            @Nullable Instant nextAttempt)
            implements BillingEvent {}

    /**
     * An invoice is paid.
     *
     * @param amountPaid what was paid; zero for free trials
     */
    record InvoicePaid(EventMeta meta, @Nullable String subscriptionId, String invoiceId, Money amountPaid)
            implements BillingEvent {}

    /**
     * What is charged by default changed.
     *
     * @param paymentMethod the new one, or null if there is none now
     */
    record PaymentMethodChanged(EventMeta meta, @Nullable PaymentMethod paymentMethod) implements BillingEvent {}
}
