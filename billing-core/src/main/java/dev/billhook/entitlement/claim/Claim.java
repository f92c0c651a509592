package dev.billhook.entitlement.claim;

import dev.billhook.catalog.PlanKey;
import dev.billhook.grant.Grant;
import dev.billhook.purchase.Purchase;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription, purchase or grant says about access, and nothing besides: as long as two states of it are equal here, no
 * answer differs, whatever the policy and the time. So a subscription that renews keeps its claim.
 *
 * @since 0.1.0
 */
public sealed interface Claim {
    /** Subscriptions, then purchases, then grants; each the newest first, and those of one instant by their ids. */
    Comparator<Claim> ORDER = Comparator.comparing(Claim::kind)
            .thenComparing(Claim::since, Comparator.reverseOrder())
            .thenComparing(Claim::id);

    /** The id of what it is of. */
    String id();

    /** When that was made (UTC). */
    Instant since();

    /** Of what it is. */
    Kind kind();

    /** The claim of a subscription. */
    static Claim of(Subscription subscription) {
        SubscriptionStatus status = subscription.status();
        boolean late = status == SubscriptionStatus.PAST_DUE;
        boolean mayBePaused = status == SubscriptionStatus.ACTIVE || status == SubscriptionStatus.TRIALING;
        List<Line> lines = new ArrayList<>();
        for (SubscriptionItem item : subscription.items()) {
            if (item.plan() != null) {
                lines.add(new Line(item.plan(), item.quantity(), item.version()));
            }
        }
        return new OfSubscription(
                subscription.id(),
                subscription.createdAt(),
                status,
                mayBePaused && subscription.collectionPaused(),
                late ? subscription.periodStart().orElse(subscription.createdAt()) : null,
                subscription.pendingEnd().orElse(null),
                status == SubscriptionStatus.CANCELED ? endOf(subscription) : null,
                lines);
    }

    private static Instant endOf(Subscription subscription) {
        Instant ended = subscription.endedAt();
        Instant canceled = subscription.canceledAt();
        return ended != null ? ended : canceled != null ? canceled : subscription.createdAt();
    }

    /** The claim of a purchase. */
    static Claim of(Purchase purchase) {
        Purchase.Revocation revocation = purchase.revocation();
        return new OfPurchase(
                purchase.id(),
                purchase.boughtAt(),
                new Line(purchase.plan(), purchase.units(), null),
                revocation == null ? null : revocation.at());
    }

    /** The claim of a grant. */
    static Claim of(Grant grant) {
        return new OfGrant(
                grant.id(),
                grant.audit().at(),
                grant.what(),
                grant.from(),
                grant.end().orElse(null));
    }

    /** Of what claims are, in the order in which they count. */
    enum Kind {
        /** A subscription. */
        SUBSCRIPTION,
        /** A plan that was paid once. */
        PURCHASE,
        /** Access that was given. */
        GRANT
    }

    /**
     * So many units of a version of a plan.
     *
     * @param version its name, or null for what is on no price of its own and so follows the catalog
     */
    record Line(PlanKey plan, long units, @Nullable String version) {}

    /**
     * A subscription.
     *
     * @param collectionPaused whether it is in good standing and its invoices are not collected
     * @param unpaidSince start of the unpaid period; null unless it is past due
     * @param pendingEnd when it will end, or null if it will not or has ended
     * @param endedAt when it ended; null unless it is cancelled
     * @param lines those of plans of the catalog, in the order of the items
     */
    record OfSubscription(
            String id,
            Instant since,
            SubscriptionStatus status,
            boolean collectionPaused,
            @Nullable Instant unpaidSince,
            @Nullable Instant pendingEnd,
            @Nullable Instant endedAt,
            List<Line> lines)
            implements Claim {
        /**
         * @throws IllegalArgumentException if it is past due without a time since when, or cancelled without an end
         */
        public OfSubscription {
            lines = List.copyOf(lines);
            if ((status == SubscriptionStatus.PAST_DUE) == (unpaidSince == null)
                    || (status == SubscriptionStatus.CANCELED) == (endedAt == null)) {
                throw new IllegalArgumentException(
                        "Who is past due is so since a time, and what is cancelled has ended");
            }
        }

        @Override
        public Kind kind() {
            return Kind.SUBSCRIPTION;
        }

        /** The plans of its lines, each once. */
        public List<PlanKey> plans() {
            return lines.size() == 1
                    ? List.of(lines.get(0).plan())
                    : lines.stream().map(Line::plan).distinct().toList();
        }
    }

    /**
     * A plan that was paid once.
     *
     * @param revokedAt since when it gives nothing any more, or null while it does
     */
    record OfPurchase(
            String id, Instant since, Line line, @Nullable Instant revokedAt) implements Claim {
        @Override
        public Kind kind() {
            return Kind.PURCHASE;
        }
    }

    /**
     * Access that was given.
     *
     * @param from when it begins
     * @param end when it ends or ended, also because it was taken back; null for never
     */
    record OfGrant(
            String id,
            Instant since,
            Grant.What what,
            Instant from,
            @Nullable Instant end) implements Claim {
        @Override
        public Kind kind() {
            return Kind.GRANT;
        }
    }
}
