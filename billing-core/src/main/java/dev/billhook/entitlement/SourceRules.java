package dev.billhook.entitlement;

import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessPolicy.Meaning;
import dev.billhook.entitlement.AccessPolicy.Situation;
import dev.billhook.grant.Grant;
import dev.billhook.purchase.Purchase;
import dev.billhook.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each source of access gives by itself at an instant; pure. */
final class SourceRules {
    private final AccessPolicy policy;

    SourceRules(AccessPolicy policy) {
        this.policy = policy;
    }

    Stream<Judged> judge(AccessFacts facts, Instant now) {
        return Stream.of(
                        facts.subscriptions().stream().map(one -> judge(one, now)),
                        facts.purchases().stream().map(one -> judge(one, now)),
                        facts.grants().stream().flatMap(one -> judge(one, now).stream()))
                .flatMap(each -> each);
    }

    private Judged judge(Subscription subscription, Instant now) {
        return subscription(subscription, verdict(subscription, now));
    }

    private Verdict verdict(Subscription subscription, Instant now) {
        Instant end = subscription.pendingEnd().orElse(null);
        if (end != null && !now.isBefore(end)) {
            if (subscription.status().running()) {
                return ended(AccessReason.ENDED, end, now);
            }
            end = null;
        }
        return switch (subscription.status()) {
            case ACTIVE -> running(subscription, new Verdict(AccessState.ACTIVE, AccessReason.SUBSCRIBED, end, false));
            case TRIALING ->
                running(subscription, new Verdict(AccessState.TRIALING, AccessReason.IN_TRIAL, end, false));
            case PAST_DUE -> pastDue(subscription, end, now);
            case UNPAID -> by(Situation.UNPAID, AccessReason.PAYMENT_MISSING, end);
            case PAUSED -> by(Situation.TRIAL_WITHOUT_PAYMENT_METHOD, AccessReason.TRIAL_WITHOUT_PAYMENT_METHOD, end);
            case INCOMPLETE -> by(Situation.FIRST_PAYMENT_OPEN, AccessReason.FIRST_PAYMENT_OPEN, end);
            case INCOMPLETE_EXPIRED, UNKNOWN ->
                new Verdict(AccessState.NONE, AccessReason.FIRST_PAYMENT_FAILED, null, false);
            case CANCELED -> ended(AccessReason.ENDED, endOf(subscription), now);
        };
    }

    private Verdict running(Subscription subscription, Verdict normal) {
        if (!subscription.collectionPaused() || policy.meaning(Situation.COLLECTION_PAUSED) == Meaning.FULL) {
            return normal;
        }
        return by(Situation.COLLECTION_PAUSED, AccessReason.COLLECTION_PAUSED, normal.until());
    }

    private Verdict pastDue(Subscription subscription, @Nullable Instant pendingEnd, Instant now) {
        Instant since = subscription.periodStart().orElse(subscription.createdAt());
        Instant graceEnd = since.plus(policy.graceOf(subscription));
        if (!now.isBefore(graceEnd)) {
            return by(Situation.GRACE_OVER, AccessReason.PAYMENT_MISSING, pendingEnd);
        }
        boolean endsFirst = pendingEnd != null && pendingEnd.isBefore(graceEnd);
        return new Verdict(AccessState.GRACE, AccessReason.PAYMENT_LATE, endsFirst ? pendingEnd : graceEnd, true);
    }

    private Verdict by(Situation situation, AccessReason reason, @Nullable Instant pendingEnd) {
        AccessState state = switch (policy.meaning(situation)) {
            case NOTHING -> AccessState.NONE;
            case READ_ONLY -> AccessState.READ_ONLY;
            case GRACE -> AccessState.GRACE;
            case FULL -> AccessState.ACTIVE;
        };
        return new Verdict(state, reason, pendingEnd, situation != Situation.COLLECTION_PAUSED);
    }

    private Judged judge(Purchase purchase, Instant now) {
        Purchase.Revocation revocation = purchase.revocation();
        Verdict verdict = revocation == null
                ? new Verdict(AccessState.ACTIVE, AccessReason.PURCHASED, null, false)
                : ended(AccessReason.REVOKED, revocation.at(), now);
        return verdict.of(
                new AccessSource.OfPurchase(purchase.plan(), verdict.state()),
                List.of(new Judged.Line(purchase.plan(), purchase.units())));
    }

    /** A grant that has ended leaves nothing behind but the right to read, as a subscription does. */
    private Optional<Judged> judge(Grant grant, Instant now) {
        Instant end = grant.end().orElse(null);
        if (now.isBefore(grant.from())) {
            Instant begin = end != null && !end.isAfter(grant.from()) ? null : grant.from();
            return Optional.of(grant(grant, new Verdict(AccessState.NONE, AccessReason.NOTHING_BOUGHT, begin, false)));
        }
        if (grant.holds(now)) {
            return Optional.of(grant(grant, new Verdict(AccessState.ACTIVE, AccessReason.GRANTED, end, false)));
        }
        return end != null && end.isAfter(grant.from()) && grant.what() instanceof Grant.What.OfPlan
                ? Optional.of(grant(grant, ended(AccessReason.ENDED, end, now)))
                : Optional.empty();
    }

    private static Judged grant(Grant grant, Verdict verdict) {
        List<Judged.Line> lines = grant.what() instanceof Grant.What.OfPlan plan
                ? List.of(new Judged.Line(plan.plan(), plan.units()))
                : List.of();
        return verdict.of(new AccessSource.OfGrant(grant.id(), grant.what(), verdict.state()), lines);
    }

    private static Judged subscription(Subscription subscription, Verdict verdict) {
        List<Judged.Line> lines = subscription.items().stream()
                .flatMap(item -> item.plan() == null
                        ? Stream.empty()
                        : Stream.of(new Judged.Line(item.plan(), item.quantity(), item.version())))
                .toList();
        return verdict.of(new AccessSource.OfSubscription(subscription.plans(), verdict.state()), lines);
    }

    private Verdict ended(AccessReason reason, Instant end, Instant now) {
        Duration readable = policy.readOnly();
        if (readable == null) {
            return new Verdict(AccessState.READ_ONLY, reason, null, false);
        }
        Instant closing = end.plus(readable);
        return now.isBefore(closing)
                ? new Verdict(AccessState.READ_ONLY, reason, closing, false)
                : new Verdict(AccessState.CLOSED, reason, null, false);
    }

    private static Instant endOf(Subscription subscription) {
        Instant ended = subscription.endedAt();
        Instant canceled = subscription.canceledAt();
        return ended != null ? ended : canceled != null ? canceled : subscription.createdAt();
    }

    /**
     * What one source gives by itself.
     *
     * @param lines the plans it is for
     * @param until how long it holds, or null for ever
     * @param payable whether paying would bring it back
     */
    record Judged(
            AccessSource source,
            AccessState state,
            AccessReason reason,
            List<Line> lines,
            @Nullable Instant until,
            boolean payable) {
        /** So many units of a version of a plan. */
        record Line(PlanKey plan, long units, @Nullable String version) {
            /** What is not on a price of its own follows the catalog. */
            Line(PlanKey plan, long units) {
                this(plan, units, null);
            }
        }
    }

    private record Verdict(
            AccessState state,
            AccessReason reason,
            @Nullable Instant until,
            boolean payable) {
        Judged of(AccessSource source, List<Judged.Line> lines) {
            return new Judged(source, state, reason, lines, until, payable);
        }
    }
}
