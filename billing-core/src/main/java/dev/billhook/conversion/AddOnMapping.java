package dev.billhook.conversion;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ConversionException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the add-ons of a subscription along to the target's interval. */
final class AddOnMapping {
    private final Catalog catalog;
    private final ConversionPolicy.AddOnRule rule;
    private final Units units;

    AddOnMapping(Catalog catalog, ConversionPolicy.AddOnRule rule, Units units) {
        this.catalog = catalog;
        this.rule = rule;
        this.units = units;
    }

    List<ItemChange> map(List<Lines.Line> addOns, ConversionRequest request) {
        List<ItemChange> changes = new ArrayList<>();
        Map<PlanKey, List<Lines.Line>> bySibling = new LinkedHashMap<>();
        for (Lines.Line line : addOns) {
            Optional<Plan> sibling = siblingOf(line.plan(), request);
            sibling.ifPresentOrElse(
                    plan -> bySibling
                            .computeIfAbsent(plan.key(), key -> new ArrayList<>())
                            .add(line),
                    () -> changes.add(new ItemChange.Remove(line.item().id())));
        }
        bySibling.forEach((key, lines) -> changes.addAll(unite(catalog.getPlan(key), lines, request)));
        return changes;
    }

    private List<ItemChange> unite(Plan sibling, List<Lines.Line> lines, ConversionRequest request) {
        Lines.Line first = lines.get(0);
        boolean same = first.plan().equals(sibling);
        long quantity =
                same && lines.size() == 1 ? first.item().quantity() : units.carried(sibling, Lines.units(lines));
        List<ItemChange> changes = new ArrayList<>();
        if (!same || request.refreshPrice()) {
            changes.add(new ItemChange.Replace(first.item().id(), sibling.key(), quantity));
        } else if (quantity != first.item().quantity()) {
            changes.add(new ItemChange.SetQuantity(first.item().id(), quantity));
        }
        lines.stream()
                .skip(1)
                .forEach(line -> changes.add(new ItemChange.Remove(line.item().id())));
        return changes;
    }

    /** The plan of the same add-on at the target's interval, of the same kind of pricing if there is a choice. */
    private Optional<Plan> siblingOf(Plan plan, ConversionRequest request) {
        Plan target = request.target();
        if (!plan.product().goesWith(target.product())) {
            return refuse(
                    Reason.ADD_ON_NOT_ALLOWED,
                    "Add-on '" + plan.key() + "' does not go with '"
                            + target.product().key() + "'");
        }
        if (plan.interval().equals(target.interval())) {
            return Optional.of(plan);
        }
        Optional<Plan> sibling = catalog.plans().stream()
                .filter(other -> other.product().equals(plan.product())
                        && other.interval().equals(target.interval())
                        && Admission.soldIn(other, request.current().terms().currency()))
                .min(Comparator.comparing(
                        other -> other.pricing().getClass() != plan.pricing().getClass()));
        return sibling.isPresent()
                ? sibling
                : refuse(
                        Reason.ADD_ON_WITHOUT_SIBLING,
                        "Add-on '" + plan.key() + "' is not sold at the interval and in the currency of '"
                                + target.key() + "'");
    }

    private Optional<Plan> refuse(Reason reason, String problem) {
        if (rule == ConversionPolicy.AddOnRule.REMOVE) {
            return Optional.empty();
        }
        throw new ConversionException(
                reason,
                problem,
                "remove it from the subscription first, add a plan for it to the catalog,"
                        + " or let the conversion policy remove such add-ons");
    }
}
