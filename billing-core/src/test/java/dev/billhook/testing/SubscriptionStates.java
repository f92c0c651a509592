package dev.billhook.testing;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Schedule;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes subscriptions in the states the tests need. */
public final class SubscriptionStates {
    /** When all of them began. */
    public static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

    /** End of their first period. */
    public static final Instant PERIOD_END = Instant.parse("2026-02-28T10:00:00Z");

    private SubscriptionStates() {}

    /** An active subscription of one line. */
    public static Subscription active(String id, String plan, long units) {
        return of(id, SubscriptionStatus.ACTIVE, plan, units);
    }

    /** A subscription of one line. */
    public static Subscription of(String id, SubscriptionStatus status, String plan, long units) {
        SubscriptionItem item =
                new SubscriptionItem("si_" + id, "price_" + plan, PlanKey.of(plan), units, START, PERIOD_END);
        return Subscription.builder(id, status, START).items(List.of(item)).build();
    }

    /** The same in another status. */
    public static Subscription withStatus(Subscription old, SubscriptionStatus status) {
        return old.toBuilder()
                .status(status)
                .endedAt(status.ended() ? PERIOD_END : null)
                .build();
    }

    /** The state after a cancellation. */
    public static Subscription cancelled(Subscription old, Cancellation cancellation) {
        if (cancellation instanceof Cancellation.Now) {
            return withStatus(old, SubscriptionStatus.CANCELED);
        }
        Instant end = cancellation instanceof Cancellation.At at
                ? at.end()
                : old.periodEnd().orElseThrow();
        return pending(old, cancellation instanceof Cancellation.AtPeriodEnd, end);
    }

    /** The state without a pending cancellation. */
    public static Subscription running(Subscription old) {
        return pending(old, false, null);
    }

    /** The state after changes to its lines. */
    public static Subscription changed(Subscription old, List<ItemChange> changes) {
        List<SubscriptionItem> items = old.items().stream()
                .flatMap(item -> changes.stream()
                        .map(change -> changed(item, change))
                        .reduce(Stream.of(item), (kept, next) -> next))
                .toList();
        return withItems(old, items);
    }

    /** The state with changes to its lines to come at the period's end. */
    public static Subscription scheduled(Subscription old, List<ItemChange> changes) {
        List<ScheduledChange.Line> lines = changed(old, changes).items().stream()
                .map(item -> new ScheduledChange.Line(item.priceId(), item.plan(), item.quantity()))
                .toList();
        Instant renewal = old.periodEnd().orElseThrow();
        return old.toBuilder()
                .schedule(new Schedule("sub_sched_1", new ScheduledChange(renewal, lines)))
                .build();
    }

    /** A snapshot of an account's customer. */
    public static SubscriptionSnapshot snapshot(Subscription state, String customerId, @Nullable AccountRef hint) {
        return new SubscriptionSnapshot(state, customerId, hint, false);
    }

    /** The state one period later. */
    public static Subscription renewed(Subscription old) {
        return withItems(
                old,
                old.items().stream()
                        .map(item -> new SubscriptionItem(
                                item.id(),
                                item.priceId(),
                                item.plan(),
                                item.quantity(),
                                item.periodEnd(),
                                item.periodEnd().plus(Duration.ofDays(31))))
                        .toList());
    }

    private static Stream<SubscriptionItem> changed(SubscriptionItem item, ItemChange change) {
        if (change instanceof ItemChange.Replace replace && replace.itemId().equals(item.id())) {
            return Stream.of(new SubscriptionItem(
                    item.id(),
                    "price_" + replace.plan(),
                    replace.plan(),
                    replace.quantity(),
                    item.periodStart(),
                    item.periodEnd()));
        }
        if (change instanceof ItemChange.SetQuantity set && set.itemId().equals(item.id())) {
            return Stream.of(new SubscriptionItem(
                    item.id(), item.priceId(), item.plan(), set.quantity(), item.periodStart(), item.periodEnd()));
        }
        return change instanceof ItemChange.Remove remove && remove.itemId().equals(item.id())
                ? Stream.empty()
                : Stream.of(item);
    }

    /** The subscription, made at another time. */
    public static Subscription created(Subscription old, Instant createdAt) {
        return old.toBuilder().createdAt(createdAt).build();
    }

    private static Subscription withItems(Subscription old, List<SubscriptionItem> items) {
        return old.toBuilder().items(items).build();
    }

    private static Subscription pending(Subscription old, boolean atPeriodEnd, @Nullable Instant end) {
        return old.toBuilder()
                .cancelAtPeriodEnd(atPeriodEnd)
                .cancelAt(end)
                .canceledAt(end == null ? null : START.plusSeconds(60))
                .build();
    }
}
