package dev.billhook.subscription;

import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
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
 * @param collectionPaused whether invoices are made but not collected
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
        boolean collectionPaused,
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
}
