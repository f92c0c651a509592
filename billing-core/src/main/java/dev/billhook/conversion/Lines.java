package dev.billhook.conversion;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A subscription's lines by the part they play.
 *
 * @param tiers lines of tiers, the one that takes over the target first
 * @param addOns lines of add-ons
 * @param foreign lines of no plan in the catalog
 */
record Lines(List<Line> tiers, List<Line> addOns, List<SubscriptionItem> foreign) {
    /** A line and its plan. */
    record Line(SubscriptionItem item, Plan plan) {}

    /** The line that is the target already takes it over, else the one of the greatest tier, else the first. */
    static Lines of(Subscription subscription, Plan target, Catalog catalog) {
        List<Line> tiers = new ArrayList<>();
        List<Line> addOns = new ArrayList<>();
        List<SubscriptionItem> foreign = new ArrayList<>();
        for (SubscriptionItem item : subscription.items()) {
            Optional<Plan> plan = Optional.ofNullable(item.plan()).flatMap(catalog::findPlan);
            plan.ifPresentOrElse(
                    known -> (known.product().addOn() ? addOns : tiers).add(new Line(item, known)),
                    () -> foreign.add(item));
        }
        tiers.sort(Comparator.comparing((Line line) -> !line.plan().key().equals(target.key()))
                .thenComparing(line -> -line.plan().product().tierRank()));
        return new Lines(tiers, addOns, foreign);
    }

    /** The units of lines that are to become one. */
    static long units(List<Line> lines) {
        long sold = lines.stream()
                .filter(line -> line.plan().pricing().takesUnits())
                .mapToLong(line -> line.item().quantity())
                .reduce(0, Math::addExact);
        boolean none = lines.stream().noneMatch(line -> line.plan().pricing().takesUnits());
        return none
                ? lines.stream().mapToLong(line -> line.item().quantity()).max().orElse(0)
                : sold;
    }
}
