package dev.billhook.conversion;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.conversion.Conversion.Kind;
import dev.billhook.conversion.Conversion.ScheduleStep;
import dev.billhook.conversion.ConversionException.Reason;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One algorithm for every pair of plans. */
final class DefaultPlanConverter implements PlanConverter {
    private final Catalog catalog;
    private final ConversionPolicy policy;
    private final Units units;
    private final AddOnMapping addOns;

    DefaultPlanConverter(Catalog catalog, ConversionPolicy policy) {
        this.catalog = catalog;
        this.policy = policy;
        this.units = new Units(policy.units());
        this.addOns = new AddOnMapping(catalog, policy.addOns(), units);
    }

    @Override
    public Conversion convert(ConversionRequest request) {
        Subscription current = request.current();
        Plan target = request.target();
        Admission.check(current, target);
        Lines lines = Lines.of(current, target, catalog);
        if (lines.tiers().isEmpty()) {
            throw new ConversionException(
                    Reason.NO_PLAN,
                    "Subscription " + current.id() + " has no line of a tier's plan in the catalog",
                    "add its present plan to the catalog first");
        }
        Admission.checkForeignLines(current, lines, target);
        Lines.Line main = lines.tiers().get(0);
        long quantity = quantity(request, lines.tiers());
        Kind kind = kind(main.plan(), target, quantity != main.item().quantity(), request.refreshPrice());
        List<ItemChange> changes = new ArrayList<>(mainLine(main, request, quantity));
        lines.tiers().stream()
                .skip(1)
                .forEach(line -> changes.add(new ItemChange.Remove(line.item().id())));
        changes.addAll(addOns.map(lines.addOns(), request));
        if (chargesSetUpFee(main.plan(), target)) {
            Optional.ofNullable(target.setUpFee()).map(ItemChange.Charge::new).ifPresent(changes::add);
        }
        Timing timing = timing(request, kind, main, quantity);
        if (!timing.now() && !changes.isEmpty()) {
            requireRenewal(current);
            requirePlace(current, target);
        }
        return new Conversion(kind, changes, timing, schedule(current, kind, timing, changes.isEmpty()));
    }

    private long quantity(ConversionRequest request, List<Lines.Line> tiers) {
        Plan target = request.target();
        SubscriptionItem main = tiers.get(0).item();
        if (request.units() != null) {
            return Units.asked(target, request.units());
        }
        boolean stays = tiers.size() == 1 && target.key().equals(main.plan());
        return stays ? main.quantity() : units.carried(target, Lines.units(tiers));
    }

    private static List<ItemChange> mainLine(Lines.Line main, ConversionRequest request, long quantity) {
        String id = main.item().id();
        if (!main.plan().key().equals(request.target().key()) || request.refreshPrice()) {
            return List.of(new ItemChange.Replace(id, request.target().key(), quantity));
        }
        return quantity == main.item().quantity() ? List.of() : List.of(new ItemChange.SetQuantity(id, quantity));
    }

    private static Kind kind(Plan from, Plan to, boolean otherUnits, boolean refreshPrice) {
        if (from.key().equals(to.key())) {
            return refreshPrice ? Kind.PRICE : otherUnits ? Kind.UNITS : Kind.NONE;
        }
        int rank = Integer.compare(to.product().tierRank(), from.product().tierRank());
        if (rank != 0) {
            return rank > 0 ? Kind.UPGRADE : Kind.DOWNGRADE;
        }
        int length = to.interval().compareLength(from.interval());
        return length == 0 ? Kind.CROSSGRADE : length > 0 ? Kind.LONGER_INTERVAL : Kind.SHORTER_INTERVAL;
    }

    private boolean chargesSetUpFee(Plan from, Plan to) {
        return policy.setUpFee() == ConversionPolicy.SetUpFee.CHARGE
                && !from.product().key().equals(to.product().key());
    }

    private Timing timing(ConversionRequest request, Kind kind, Lines.Line main, long quantity) {
        Timing asked = request.timing();
        if (asked != null && !asked.now()) {
            return asked;
        }
        if (request.current().status() == SubscriptionStatus.TRIALING) {
            return asked == null ? policy.duringTrial() : asked;
        }
        Timing own = policy.timing(kind);
        if (kind == Kind.UNITS) {
            own = Units.timing(request.target(), main.item().quantity(), quantity, own);
        }
        return asked == null ? own : asked;
    }

    private static void requireRenewal(Subscription current) {
        if (current.pendingEnd().isPresent()) {
            throw new ConversionException(
                    Reason.ENDING,
                    "Subscription " + current.id() + " will end, so nothing can change at its renewal",
                    "withdraw the cancellation first, or change the plan now");
        }
    }

    private static void requirePlace(Subscription current, Plan target) {
        if (target.limited() != null && !current.plans().contains(target.key())) {
            throw new ConversionException(
                    Reason.LIMITED,
                    "Plan '" + target.key() + "' is limited to "
                            + target.limited().places() + " accounts, and no place is held until a renewal",
                    "change the plan now");
        }
    }

    /** A change of units keeps what is scheduled; taking the present plan again withdraws it. */
    private static ScheduleStep schedule(Subscription current, Kind kind, Timing timing, boolean nothing) {
        boolean scheduled = current.scheduledChange().isPresent();
        if (current.schedule() == null || (nothing && !scheduled)) {
            return ScheduleStep.NONE;
        }
        boolean stays = !nothing && (!timing.now() || (kind == Kind.UNITS && scheduled));
        return stays ? ScheduleStep.AMEND : ScheduleStep.RELEASE;
    }
}
