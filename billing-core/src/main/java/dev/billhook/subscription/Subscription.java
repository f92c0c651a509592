package dev.billhook.subscription;

import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as the mirror knows it: provider-neutral and free of personal data. Instants are UTC in whole seconds.
 *
 * @param id the provider's id; informational, no API takes it back
 * @param status state in the provider's terms
 * @param items its lines, ordered by id; at least one while it runs
 * @param createdAt when it was made
 * @param trialEnd end of the free trial, past or future, or null if there was none
 * @param cancelAtPeriodEnd whether it was asked to end with the current period
 * @param cancelAt when it will end (also set for {@code cancelAtPeriodEnd}), or null
 * @param canceledAt when the cancellation was asked for, or null
 * @param endedAt when it ended, or null while it lives
 * @param cancellation what the provider tells about its cancellation, or null if there was none or nothing is told
 * @param pause that its invoices are not collected, or null if they are
 * @param terms currency, collection and discounts
 * @param schedule what governs its future, or null if nothing does
 * @param paymentMethod what it is charged to, or null if that is the customer's default; null once it has ended
 * @since 0.1.0
 */
public record Subscription(
        String id,
        SubscriptionStatus status,
        List<SubscriptionItem> items,
        Instant createdAt,
        @Nullable Instant trialEnd,
        boolean cancelAtPeriodEnd,
        @Nullable Instant cancelAt,
        @Nullable Instant canceledAt,
        @Nullable Instant endedAt,
        Cancellation.@Nullable Told cancellation,
        @Nullable CollectionPause pause,
        BillingTerms terms,
        @Nullable Schedule schedule,
        @Nullable PaymentMethod paymentMethod) {

    /** Copies the items and puts them in order, so that equal contents are equal; terms may be absent in stored states. */
    public Subscription {
        terms = Objects.requireNonNullElse(terms, BillingTerms.UNKNOWN);
        items = items.stream()
                .sorted(Comparator.comparing(SubscriptionItem::id))
                .toList();
    }

    /**
     * Builds a subscription: without lines, dates and pending changes until told otherwise.
     *
     * @param createdAt when it was made (UTC)
     */
    public static SubscriptionBuilder builder(String id, SubscriptionStatus status, Instant createdAt) {
        return new SubscriptionBuilder(id, status, createdAt);
    }

    /** Builds a variation of this subscription. */
    public SubscriptionBuilder toBuilder() {
        return new SubscriptionBuilder(this);
    }

    /** The same, without what it is charged to. */
    public Subscription withoutPaymentMethod() {
        return paymentMethod == null ? this : toBuilder().paymentMethod(null).build();
    }

    /** The line of the given plan. */
    public Optional<SubscriptionItem> itemOf(PlanKey plan) {
        return items.stream().filter(item -> plan.equals(item.plan())).findFirst();
    }

    /** The plans of all lines that belong to the catalog, in the items' order. */
    public List<PlanKey> plans() {
        return items.stream()
                .flatMap(item -> Optional.ofNullable(item.plan()).stream())
                .distinct()
                .toList();
    }

    /** Start of the current period: the latest start of the lines' periods. */
    public Optional<Instant> periodStart() {
        return items.stream().map(SubscriptionItem::periodStart).max(Comparator.naturalOrder());
    }

    /** End of the current period: the earliest end of the lines' periods. */
    public Optional<Instant> periodEnd() {
        return items.stream().map(SubscriptionItem::periodEnd).min(Comparator.naturalOrder());
    }

    /**
     * The second of the running period that is nearest to a time: the provider takes no others for what happens within the period,
     * and its clock may be a little before or behind.
     */
    public Instant withinPeriod(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        Instant start = periodStart().orElse(second);
        Instant last = periodEnd().map(end -> end.minusSeconds(1)).orElse(second);
        return second.isBefore(start) ? start : second.isAfter(last) ? last : second;
    }

    /** The other lines it will have later, if a change of them is scheduled. */
    public Optional<ScheduledChange> scheduledChange() {
        return Optional.ofNullable(schedule).flatMap(governing -> Optional.ofNullable(governing.next()));
    }

    /** When it will end, if a cancellation is pending. */
    public Optional<Instant> pendingEnd() {
        if (status.ended()) {
            return Optional.empty();
        }
        return cancelAt != null ? Optional.of(cancelAt) : cancelAtPeriodEnd ? periodEnd() : Optional.empty();
    }

    /** Whether invoices are made but not collected. */
    public boolean collectionPaused() {
        return pause != null;
    }

    /** Whether it is in its free trial. */
    public boolean trialing() {
        return status == SubscriptionStatus.TRIALING;
    }

    /** Whether an invoice was not paid when it was due. */
    public boolean pastDue() {
        return status == SubscriptionStatus.PAST_DUE || status == SubscriptionStatus.UNPAID;
    }

    /** Whether it will end and not renew, unless the cancellation is withdrawn. */
    public boolean expiring() {
        return pendingEnd().isPresent();
    }

    /** The plan that says what the account may do: of the lines of tiers the greatest. Empty if the catalog has none of them. */
    public Optional<Plan> mainPlan(Catalog catalog) {
        return plans().stream()
                .flatMap(key -> catalog.findPlan(key).stream())
                .filter(plan -> !plan.product().addOn())
                .max(Comparator.comparingInt(plan -> plan.product().tierRank()));
    }

    /** Whether it is on the tier, given by its product's key, whatever the interval and the price. */
    public boolean onTier(Catalog catalog, String product) {
        return mainPlan(catalog)
                .filter(plan -> plan.product().key().equals(product))
                .isPresent();
    }

    /** Whether its main plan renews by the year, or less often. */
    public boolean annual(Catalog catalog) {
        return mainPlan(catalog)
                .filter(plan ->
                        plan.interval().recurring() && plan.interval().compareLength(BillingInterval.YEARLY) >= 0)
                .isPresent();
    }

    /** The units of its main plan; 0 if there is none or it is metered. */
    public long units(Catalog catalog) {
        return mainPlan(catalog)
                .flatMap(plan -> itemOf(plan.key()))
                .map(SubscriptionItem::quantity)
                .orElse(0L);
    }
}
