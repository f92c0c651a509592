package dev.billhook.conversion;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One algorithm for every pair of plans: the main line takes over the target, other lines of the catalog's plans go. */
final class DefaultPlanConverter implements PlanConverter {
    private final Catalog catalog;

    DefaultPlanConverter(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Conversion convert(Subscription current, Plan target) {
        refuseWhatCannotBecomeARunningSubscription(current, target);
        List<SubscriptionItem> planItems = current.items().stream()
                .filter(item -> planOf(item).isPresent())
                .sorted(Comparator.comparing(item -> !target.key().equals(item.plan())))
                .toList();
        if (planItems.isEmpty()) {
            throw new ConversionException("Subscription " + current.id()
                    + " has no line of a plan in the catalog; add its present plan to the catalog first");
        }
        SubscriptionItem main = planItems.get(0);
        Plan from = planOf(main).orElseThrow();
        List<ItemChange> changes = new ArrayList<>();
        if (!from.key().equals(target.key())) {
            changes.add(new ItemChange.Replace(main.id(), target.key(), unitsFor(target, main.quantity())));
        }
        planItems.stream().skip(1).forEach(item -> changes.add(new ItemChange.Remove(item.id())));
        return new Conversion(kind(from, target), changes, Proration.NEXT_INVOICE);
    }

    private static void refuseWhatCannotBecomeARunningSubscription(Subscription current, Plan target) {
        if (!target.interval().recurring()) {
            throw new ConversionException("Plan '" + target.key()
                    + "' is a one-time purchase; send the account to Checkout for it instead of changing plans");
        }
        if (current.status().ended()) {
            throw new ConversionException("Subscription " + current.id()
                    + " has ended; send the account to Checkout for plan '" + target.key() + "'");
        }
    }

    private Optional<Plan> planOf(SubscriptionItem item) {
        return Optional.ofNullable(item.plan()).flatMap(catalog::findPlan);
    }

    private static long unitsFor(Plan target, long units) {
        return target.pricing() instanceof Pricing.Metered ? 0 : target.units().clamp(units);
    }

    private static Conversion.Kind kind(Plan from, Plan to) {
        int rank = Integer.compare(to.product().tierRank(), from.product().tierRank());
        if (from.key().equals(to.key())) {
            return Conversion.Kind.NONE;
        }
        if (rank != 0) {
            return rank > 0 ? Conversion.Kind.UPGRADE : Conversion.Kind.DOWNGRADE;
        }
        return from.interval().equals(to.interval()) ? Conversion.Kind.CROSSGRADE : Conversion.Kind.INTERVAL;
    }
}
