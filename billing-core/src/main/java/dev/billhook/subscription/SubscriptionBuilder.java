package dev.billhook.subscription;

import dev.billhook.account.PaymentMethod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link Subscription}s. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class SubscriptionBuilder {
    private final String id;
    private SubscriptionStatus status;
    private Instant createdAt;
    private List<SubscriptionItem> items = List.of();
    private @Nullable Instant trialEnd;
    private boolean cancelAtPeriodEnd;
    private @Nullable Instant cancelAt;
    private @Nullable Instant canceledAt;
    private @Nullable Instant endedAt;
    private Cancellation.@Nullable Told cancellation;
    private @Nullable CollectionPause pause;
    private BillingTerms terms = BillingTerms.UNKNOWN;
    private @Nullable Schedule schedule;
    private @Nullable PaymentMethod paymentMethod;

    SubscriptionBuilder(String id, SubscriptionStatus status, Instant createdAt) {
        this.id = id;
        this.status = status;
        this.createdAt = createdAt;
    }

    SubscriptionBuilder(Subscription other) {
        this(other.id(), other.status(), other.createdAt());
        items = other.items();
        trialEnd = other.trialEnd();
        cancelAtPeriodEnd = other.cancelAtPeriodEnd();
        cancelAt = other.cancelAt();
        canceledAt = other.canceledAt();
        endedAt = other.endedAt();
        cancellation = other.cancellation();
        pause = other.pause();
        terms = other.terms();
        schedule = other.schedule();
        paymentMethod = other.paymentMethod();
    }

    /** See {@link Subscription#status()}. */
    public SubscriptionBuilder status(SubscriptionStatus status) {
        this.status = status;
        return this;
    }

    /** See {@link Subscription#createdAt()}. */
    public SubscriptionBuilder createdAt(Instant createdAt) {
        this.createdAt = createdAt;
        return this;
    }

    /** See {@link Subscription#items()}. */
    public SubscriptionBuilder items(List<SubscriptionItem> items) {
        this.items = items;
        return this;
    }

    /** See {@link Subscription#trialEnd()}. */
    public SubscriptionBuilder trialEnd(@Nullable Instant trialEnd) {
        this.trialEnd = trialEnd;
        return this;
    }

    /** See {@link Subscription#cancelAtPeriodEnd()}. */
    public SubscriptionBuilder cancelAtPeriodEnd(boolean cancelAtPeriodEnd) {
        this.cancelAtPeriodEnd = cancelAtPeriodEnd;
        return this;
    }

    /** See {@link Subscription#cancelAt()}. */
    public SubscriptionBuilder cancelAt(@Nullable Instant cancelAt) {
        this.cancelAt = cancelAt;
        return this;
    }

    /** See {@link Subscription#canceledAt()}. */
    public SubscriptionBuilder canceledAt(@Nullable Instant canceledAt) {
        this.canceledAt = canceledAt;
        return this;
    }

    /** See {@link Subscription#endedAt()}. */
    public SubscriptionBuilder endedAt(@Nullable Instant endedAt) {
        this.endedAt = endedAt;
        return this;
    }

    /** See {@link Subscription#cancellation()}. */
    public SubscriptionBuilder cancellation(Cancellation.@Nullable Told cancellation) {
        this.cancellation = cancellation;
        return this;
    }

    /** See {@link Subscription#pause()}. */
    public SubscriptionBuilder pause(@Nullable CollectionPause pause) {
        this.pause = pause;
        return this;
    }

    /** See {@link Subscription#terms()}. */
    public SubscriptionBuilder terms(BillingTerms terms) {
        this.terms = terms;
        return this;
    }

    /** See {@link Subscription#schedule()}. */
    public SubscriptionBuilder schedule(@Nullable Schedule schedule) {
        this.schedule = schedule;
        return this;
    }

    /** See {@link Subscription#paymentMethod()}. */
    public SubscriptionBuilder paymentMethod(@Nullable PaymentMethod paymentMethod) {
        this.paymentMethod = paymentMethod;
        return this;
    }

    /** The subscription. */
    public Subscription build() {
        return new Subscription(
                id,
                status,
                items,
                createdAt,
                trialEnd,
                cancelAtPeriodEnd,
                cancelAt,
                canceledAt,
                endedAt,
                cancellation,
                pause,
                terms,
                schedule,
                paymentMethod);
    }
}
