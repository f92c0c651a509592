package dev.billhook.internal.unit;

import dev.billhook.catalog.Plan;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.unit.Units;
import org.jspecify.annotations.Nullable;

/** Counts units in a subscription's lines. */
final class UnitNumbers {
    private UnitNumbers() {}

    /** How many units of the plan there are, in however many lines. */
    static long bought(Subscription subscription, Plan plan) {
        return subscription.items().stream()
                .filter(item -> plan.key().equals(item.plan()))
                .mapToLong(SubscriptionItem::quantity)
                .sum();
    }

    /** How many units of the plan there will be after the change. */
    static long planned(ScheduledChange change, Plan plan) {
        return change.lines().stream()
                .filter(line -> plan.key().equals(line.plan()))
                .mapToLong(ScheduledChange.Line::quantity)
                .sum();
    }

    static Units of(Subscription subscription, Plan plan, @Nullable Long counted) {
        return new Units(plan.key(), bought(subscription, plan), plan.units(), counted);
    }
}
