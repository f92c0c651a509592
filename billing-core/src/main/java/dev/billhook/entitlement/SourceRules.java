package dev.billhook.entitlement;

import dev.billhook.entitlement.AccessPolicy.Meaning;
import dev.billhook.entitlement.AccessPolicy.Situation;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each source of access gives by itself at an instant; pure. */
final class SourceRules {
    private final AccessPolicy policy;

    SourceRules(AccessPolicy policy) {
        this.policy = policy;
    }

    /** Those that say anything, in the order of the claims. */
    List<Judged> judge(List<Claim> claims, Instant now) {
        List<Judged> judged = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            Judged one = judge(claim, now);
            if (one != null) {
                judged.add(one);
            }
        }
        return judged;
    }

    private @Nullable Judged judge(Claim claim, Instant now) {
        if (claim instanceof Claim.OfSubscription subscription) {
            Verdict verdict = verdict(subscription, now);
            return verdict.of(
                    new AccessSource.OfSubscription(subscription.plans(), verdict.state()), subscription.lines());
        }
        return claim instanceof Claim.OfPurchase purchase ? judge(purchase, now) : judge((Claim.OfGrant) claim, now);
    }

    private Verdict verdict(Claim.OfSubscription subscription, Instant now) {
        Instant end = subscription.pendingEnd();
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
            case CANCELED -> ended(AccessReason.ENDED, Objects.requireNonNull(subscription.endedAt()), now);
        };
    }

    private Verdict running(Claim.OfSubscription subscription, Verdict normal) {
        if (!subscription.collectionPaused() || policy.meaning(Situation.COLLECTION_PAUSED) == Meaning.FULL) {
            return normal;
        }
        return by(Situation.COLLECTION_PAUSED, AccessReason.COLLECTION_PAUSED, normal.until());
    }

    private Verdict pastDue(Claim.OfSubscription subscription, @Nullable Instant pendingEnd, Instant now) {
        Instant since = Objects.requireNonNull(subscription.unpaidSince());
        Instant graceEnd = since.plus(policy.graceOf(subscription.plans()));
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

    private Judged judge(Claim.OfPurchase purchase, Instant now) {
        Instant revoked = purchase.revokedAt();
        Verdict verdict = revoked == null
                ? new Verdict(AccessState.ACTIVE, AccessReason.PURCHASED, null, false)
                : ended(AccessReason.REVOKED, revoked, now);
        return verdict.of(
                new AccessSource.OfPurchase(purchase.line().plan(), verdict.state()), List.of(purchase.line()));
    }

    /** A grant that has ended leaves nothing behind but the right to read, as a subscription does. */
    private @Nullable Judged judge(Claim.OfGrant grant, Instant now) {
        Instant end = grant.end();
        boolean empty = end != null && !end.isAfter(grant.from());
        if (now.isBefore(grant.from())) {
            Instant begin = empty ? null : grant.from();
            return of(grant, new Verdict(AccessState.NONE, AccessReason.NOTHING_BOUGHT, begin, false));
        }
        if (end == null || now.isBefore(end)) {
            return of(grant, new Verdict(AccessState.ACTIVE, AccessReason.GRANTED, end, false));
        }
        return !empty && grant.what() instanceof Grant.What.OfPlan
                ? of(grant, ended(AccessReason.ENDED, end, now))
                : null;
    }

    private static Judged of(Claim.OfGrant grant, Verdict verdict) {
        List<Claim.Line> lines = grant.what() instanceof Grant.What.OfPlan plan
                ? List.of(new Claim.Line(plan.plan(), plan.units(), null))
                : List.of();
        return verdict.of(new AccessSource.OfGrant(grant.id(), grant.what(), verdict.state()), lines);
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
            List<Claim.Line> lines,
            @Nullable Instant until,
            boolean payable) {}

    private record Verdict(
            AccessState state,
            AccessReason reason,
            @Nullable Instant until,
            boolean payable) {
        Judged of(AccessSource source, List<Claim.Line> lines) {
            return new Judged(source, state, reason, lines, until, payable);
        }
    }
}
