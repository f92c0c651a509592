package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.PortalRequest.Target;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.ConversionRequest;
import dev.billhook.conversion.ItemChange;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.spi.provider.PortalGateway.Errand;
import dev.billhook.subscription.Subscription;
import java.util.List;

/**
 * Which switches the portal can carry out. The plan converter decides what becomes of the lines; the portal knows no more
 * than one line that becomes another.
 */
public final class PlanSwitches {
    private final Catalog catalog;
    private final PlanConverter converter;

    /** Switches between the catalog's plans. */
    public PlanSwitches(Catalog catalog, PlanConverter converter) {
        this.catalog = catalog;
        this.converter = converter;
    }

    /** Whether the catalog says what the portal offers. */
    boolean portalPublished() {
        return catalog.portal().isPresent();
    }

    /**
     * The errand that confirms the switch.
     *
     * @throws dev.billhook.conversion.ConversionException if there is no way to the plan
     * @throws InvalidStateException if the portal cannot carry it out
     */
    Errand confirm(Subscription current, Target wish) {
        if (current.items().size() > 1 || current.schedule() != null) {
            throw new InvalidStateException("Subscription " + current.id()
                    + " has several lines or a scheduled change, which the portal cannot switch; use"
                    + " subscriptions().changePlan(…) instead");
        }
        Plan plan = catalog.getPlan(wish.plan());
        if (plan.limited() != null && !current.plans().contains(plan.key())) {
            throw new InvalidStateException("Plan '" + plan.key()
                    + "' is limited, and the portal holds no place; use subscriptions().changePlan(…) instead");
        }
        ConversionRequest request = ConversionRequest.of(current, plan);
        Conversion conversion = converter.convert(wish.units() == null ? request : request.withUnits(wish.units()));
        List<ItemChange> changes = conversion.changes();
        if (changes.size() == 1 && changes.get(0) instanceof ItemChange.Replace replace) {
            return new Errand.ConfirmPlan(current.id(), replace.itemId(), replace.plan(), replace.quantity());
        }
        if (changes.size() == 1 && changes.get(0) instanceof ItemChange.SetQuantity set) {
            return new Errand.ConfirmPlan(current.id(), set.itemId(), null, set.quantity());
        }
        throw new InvalidStateException(
                "A switch of subscription " + current.id() + " to plan '" + wish.plan()
                        + (changes.isEmpty()
                                ? "' changes nothing; open the portal at another page"
                                : "' charges a set-up fee, which the portal cannot; use subscriptions().changePlan(…) instead"));
    }
}
