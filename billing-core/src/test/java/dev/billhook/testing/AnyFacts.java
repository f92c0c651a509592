package dev.billhook.testing;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.grant.Grant;
import dev.billhook.purchase.Purchase;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what accounts have: all states, within some months, of which many begin or end in the same second.
 *
 * @param random what decides; the same seed makes up the same
 */
public record AnyFacts(AccountRef account, Random random) {
    /** Around when everything happens. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<String> PLANS =
            List.of("hobby-monthly", "pro-monthly", "team-monthly", "storage-monthly", "api", "retired-plan");

    /** Everything an account has, which may be nothing. */
    public AccessFacts facts() {
        List<Subscription> subscriptions = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            subscriptions.add(subscription("sub_" + n));
        }
        List<Purchase> purchases = random.nextInt(3) > 0 ? List.of() : List.of(purchase("cs_1"));
        List<Grant> grants = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            grants.add(grant("g" + n));
        }
        return new AccessFacts(subscriptions, purchases, grants);
    }

    /** A subscription. */
    public Subscription subscription(String id) {
        SubscriptionStatus[] statuses = SubscriptionStatus.values();
        Instant periodStart = instant();
        List<SubscriptionItem> items = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            items.add(new SubscriptionItem(
                    "si_" + n,
                    "price_" + n,
                    random.nextInt(6) == 0 ? null : plan(),
                    random.nextInt(5),
                    periodStart,
                    periodStart.plus(Duration.ofDays(31)),
                    random.nextBoolean() ? null : "v" + random.nextInt(3)));
        }
        return Subscription.builder(id, statuses[random.nextInt(statuses.length)], instant())
                .items(items)
                .trialEnd(maybe())
                .cancelAtPeriodEnd(random.nextInt(4) == 0)
                .cancelAt(maybe())
                .canceledAt(maybe())
                .endedAt(maybe())
                .pause(random.nextInt(4) == 0 ? new CollectionPause(CollectionPause.Behavior.VOID, null) : null)
                .build();
    }

    /** A purchase. */
    public Purchase purchase(String id) {
        Purchase.Revocation revocation =
                random.nextBoolean() ? null : new Purchase.Revocation(Purchase.Reason.REFUNDED, instant());
        return new Purchase(id, account, plan(), random.nextInt(3), null, instant(), revocation);
    }

    /** A grant. */
    public Grant grant(String id) {
        Instant from = instant();
        Instant until = random.nextBoolean() ? null : from.plusSeconds(1 + random.nextInt(86_400 * 100));
        Grant.Audit taken = random.nextInt(3) > 0 ? null : new Grant.Audit("root", "mistake", instant());
        Grant.What what = random.nextBoolean() ? new Grant.What.OfFeature("beta") : new Grant.What.OfPlan(plan(), 3);
        return new Grant(id, account, what, from, until, new Grant.Audit("root", "press", instant()), taken);
    }

    /** A time around then; some come up often. */
    public Instant instant() {
        return random.nextInt(4) == 0
                ? START.plus(Duration.ofDays(random.nextInt(3)))
                : START.minus(Duration.ofDays(100)).plusSeconds(random.nextInt(86_400 * 250));
    }

    private @Nullable Instant maybe() {
        return random.nextInt(3) == 0 ? instant() : null;
    }

    private PlanKey plan() {
        return PlanKey.of(PLANS.get(random.nextInt(PLANS.size())));
    }
}
