package dev.billhook.entitlement;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pure decision from subscriptions, catalog, policy and time to entitlements. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AccessRules {
    private final Catalog catalog;
    private final AccessPolicy policy;

    /** Rules for a catalog under a policy. */
    public AccessRules(Catalog catalog, AccessPolicy policy) {
        this.catalog = catalog;
        this.policy = policy;
    }

    /**
     * What the account may do at the given instant. Of several subscriptions the best state counts; features and limits
     * are joined over all that give full access.
     */
    public Entitlements decide(AccountRef account, List<Subscription> subscriptions, Instant now) {
        List<Judged> judged = subscriptions.stream()
                .map(subscription -> judge(subscription, now))
                .toList();
        AccessState best = judged.stream()
                .map(Judged::state)
                .max(Comparator.naturalOrder())
                .orElse(AccessState.NONE);
        Set<PlanKey> plans = new LinkedHashSet<>();
        Set<String> features = new HashSet<>();
        Map<String, Limit> limits = new HashMap<>();
        for (Judged one : judged) {
            if (one.state() != AccessState.NONE
                    && (one.state() == best || one.state().full())) {
                plans.addAll(one.subscription().plans());
            }
            if (one.state().full()) {
                one.subscription().items().forEach(item -> collect(item, features, limits));
            }
        }
        Instant validUntil = judged.stream()
                .flatMap(one -> Optional.ofNullable(one.until()).stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new Entitlements(
                account, best, List.copyOf(plans), features, limits, nextStep(best, judged), validUntil);
    }

    private void collect(SubscriptionItem item, Set<String> features, Map<String, Limit> limits) {
        Optional<Plan> plan = Optional.ofNullable(item.plan()).flatMap(catalog::findPlan);
        plan.ifPresent(known -> {
            features.addAll(known.product().features());
            known.product()
                    .limits()
                    .forEach((key, limit) -> limits.merge(key, limit.forUnits(item.quantity()), Limit::max));
        });
    }

    private Judged judge(Subscription subscription, Instant now) {
        Optional<Instant> end = subscription.pendingEnd();
        if (end.isPresent() && !now.isBefore(end.get()) && subscription.status().running()) {
            return ended(subscription, end.get(), now);
        }
        Instant until = end.orElse(null);
        return switch (subscription.status()) {
            case ACTIVE -> new Judged(subscription, AccessState.ACTIVE, until, false);
            case TRIALING -> new Judged(subscription, AccessState.TRIALING, until, false);
            case PAST_DUE -> pastDue(subscription, until, now);
            case UNPAID, PAUSED -> new Judged(subscription, AccessState.READ_ONLY, null, true);
            case INCOMPLETE -> new Judged(subscription, AccessState.NONE, null, true);
            case INCOMPLETE_EXPIRED, UNKNOWN -> new Judged(subscription, AccessState.NONE, null, false);
            case CANCELED -> ended(subscription, endOf(subscription), now);
        };
    }

    private Judged pastDue(Subscription subscription, @Nullable Instant pendingEnd, Instant now) {
        Instant since = subscription.periodStart().orElse(subscription.createdAt());
        Instant graceEnd = since.plus(policy.grace());
        if (!now.isBefore(graceEnd)) {
            return new Judged(subscription, AccessState.READ_ONLY, pendingEnd, true);
        }
        boolean endsFirst = pendingEnd != null && pendingEnd.isBefore(graceEnd);
        return new Judged(subscription, AccessState.GRACE, endsFirst ? pendingEnd : graceEnd, true);
    }

    private Judged ended(Subscription subscription, Instant end, Instant now) {
        Duration readable = policy.readOnly();
        if (readable == null) {
            return new Judged(subscription, AccessState.READ_ONLY, null, false);
        }
        Instant closing = end.plus(readable);
        return now.isBefore(closing)
                ? new Judged(subscription, AccessState.READ_ONLY, closing, false)
                : new Judged(subscription, AccessState.CLOSED, null, false);
    }

    private static Instant endOf(Subscription subscription) {
        Instant ended = subscription.endedAt();
        Instant canceled = subscription.canceledAt();
        return ended != null ? ended : canceled != null ? canceled : subscription.createdAt();
    }

    private static NextStep nextStep(AccessState state, List<Judged> judged) {
        boolean unpaid = judged.stream().anyMatch(Judged::payable);
        return switch (state) {
            case ACTIVE, TRIALING -> NextStep.NOTHING;
            case GRACE -> NextStep.UPDATE_PAYMENT_METHOD;
            case NONE, CLOSED, READ_ONLY -> unpaid ? NextStep.UPDATE_PAYMENT_METHOD : NextStep.CHOOSE_PLAN;
        };
    }

    /**
     * A subscription's own state.
     *
     * @param until how long it holds, or null for ever
     * @param payable whether paying would bring it back
     */
    private record Judged(
            Subscription subscription,
            AccessState state,
            @Nullable Instant until,
            boolean payable) {}
}
