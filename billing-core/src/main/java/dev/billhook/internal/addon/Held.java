package dev.billhook.internal.addon;

import dev.billhook.addon.AddOn;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An add-on an account has, and where.
 *
 * @param subscription the subscription it is a line of
 * @param item the line
 * @param plan its plan
 * @param ownSubscription whether the subscription has no line of a tier
 */
record Held(Subscription subscription, SubscriptionItem item, PlanKey plan, boolean ownSubscription) {
    /** The add-ons in subscriptions that live, sorted by plan. */
    static List<Held> of(List<Subscription> subscriptions, Catalog catalog) {
        return subscriptions.stream()
                .filter(subscription -> !subscription.status().ended())
                .flatMap(subscription -> in(subscription, catalog))
                .sorted(Comparator.comparing((Held held) -> held.plan().value())
                        .thenComparing(held -> held.item().id()))
                .toList();
    }

    private static Stream<Held> in(Subscription subscription, Catalog catalog) {
        boolean own = subscription.items().stream().noneMatch(item -> isTier(item, catalog));
        return subscription.items().stream()
                .flatMap(item -> Optional.ofNullable(item.plan()).flatMap(catalog::findPlan).stream()
                        .filter(plan -> plan.product().addOn())
                        .map(Plan::key)
                        .map(plan -> new Held(subscription, item, plan, own)));
    }

    private static boolean isTier(SubscriptionItem item, Catalog catalog) {
        return Optional.ofNullable(item.plan())
                .flatMap(catalog::findPlan)
                .filter(plan -> !plan.product().addOn())
                .isPresent();
    }

    AddOn told() {
        return new AddOn(plan, item.quantity(), ownSubscription, item.periodEnd(), endsAt());
    }

    private @Nullable Instant endsAt() {
        Optional<Instant> scheduled = subscription
                .scheduledChange()
                .filter(change -> !change.plans().contains(plan))
                .map(ScheduledChange::at);
        return subscription.pendingEnd().or(() -> scheduled).orElse(null);
    }
}
