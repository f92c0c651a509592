package dev.billhook.addon;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is scheduled for a subscription's lines in step with a change of one line. Pure.
 *
 * @since 0.1.0
 */
public final class LineOrder {
    private final Catalog catalog;

    /** For plans of the catalog. */
    public LineOrder(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The changes that lead from the subscription's lines to those that are scheduled; empty if none are. */
    public List<ItemChange> scheduled(Subscription subscription) {
        ScheduledChange scheduled = subscription.scheduledChange().orElse(null);
        if (scheduled == null) {
            return List.of();
        }
        List<SubscriptionItem> items = new ArrayList<>(subscription.items());
        List<ScheduledChange.Line> lines = new ArrayList<>(scheduled.lines());
        List<ItemChange> changes = new ArrayList<>();
        match(items, lines, changes, (item, line) -> item.priceId().equals(line.priceId()));
        match(
                items,
                lines,
                changes,
                (item, line) -> item.plan() != null && item.plan().equals(line.plan()));
        match(items, lines, changes, this::samePart);
        items.forEach(item -> changes.add(new ItemChange.Remove(item.id())));
        lines.stream()
                .filter(line -> line.plan() != null)
                .forEach(line -> changes.add(new ItemChange.Add(line.plan(), line.quantity())));
        return changes;
    }

    /**
     * The scheduled changes when a line is changed as well: what was scheduled for the line itself gives way, except that it
     * moves to another plan.
     *
     * @param change the change of a line
     * @param later whether it is to happen with what is scheduled, and not before
     */
    public static List<ItemChange> merge(List<ItemChange> scheduled, ItemChange change, boolean later) {
        List<ItemChange> merged = new ArrayList<>();
        boolean carried = false;
        for (ItemChange each : scheduled) {
            if (!itemOf(each).isPresent() || !itemOf(each).equals(itemOf(change))) {
                merged.add(each);
            } else if (each instanceof ItemChange.Replace moved && change instanceof ItemChange.SetQuantity set) {
                merged.add(new ItemChange.Replace(moved.itemId(), moved.plan(), set.quantity()));
                carried = true;
            }
        }
        if (later && !carried) {
            merged.add(change);
        }
        return merged;
    }

    private static Optional<String> itemOf(ItemChange change) {
        if (change instanceof ItemChange.Replace replace) {
            return Optional.of(replace.itemId());
        }
        if (change instanceof ItemChange.SetQuantity set) {
            return Optional.of(set.itemId());
        }
        return change instanceof ItemChange.Remove remove ? Optional.of(remove.itemId()) : Optional.empty();
    }

    private static void match(
            List<SubscriptionItem> items,
            List<ScheduledChange.Line> lines,
            List<ItemChange> changes,
            BiPredicate<SubscriptionItem, ScheduledChange.Line> same) {
        for (SubscriptionItem item : List.copyOf(items)) {
            Optional<ScheduledChange.Line> found =
                    lines.stream().filter(line -> same.test(item, line)).findFirst();
            if (found.isPresent()) {
                items.remove(item);
                lines.remove(found.get());
                changeTo(item, found.get()).ifPresent(changes::add);
            }
        }
    }

    private static Optional<ItemChange> changeTo(SubscriptionItem item, ScheduledChange.Line line) {
        if (!item.priceId().equals(line.priceId()) && line.plan() != null) {
            return Optional.of(new ItemChange.Replace(item.id(), line.plan(), line.quantity()));
        }
        return item.quantity() == line.quantity()
                ? Optional.empty()
                : Optional.of(new ItemChange.SetQuantity(item.id(), line.quantity()));
    }

    /** A tier takes over from a tier, an add-on from the same add-on. */
    private boolean samePart(SubscriptionItem item, ScheduledChange.Line line) {
        Plan from = planOf(item.plan());
        Plan to = planOf(line.plan());
        return from != null
                && to != null
                && from.product().addOn() == to.product().addOn()
                && (!from.product().addOn() || from.product().equals(to.product()));
    }

    private @Nullable Plan planOf(@Nullable PlanKey key) {
        return key == null ? null : catalog.findPlan(key).orElse(null);
    }
}
