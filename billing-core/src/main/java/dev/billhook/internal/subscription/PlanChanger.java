package dev.billhook.internal.subscription;

import dev.billhook.RequestKey;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.Conversion.ScheduleStep;
import dev.billhook.conversion.ConversionException;
import dev.billhook.conversion.ConversionRequest;
import dev.billhook.conversion.ItemChange;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.error.ProviderException;
import dev.billhook.internal.offer.Places;
import dev.billhook.offer.SoldOutException;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Carries out conversions at the provider, and keeps what is scheduled in step with them. */
public final class PlanChanger {
    private final Catalog catalog;
    private final PlanConverter converter;
    private final SubscriptionGateway gateway;
    private final Commands commands;
    private final Places places;

    /** Carries out what the converter decides. */
    public PlanChanger(
            Catalog catalog, PlanConverter converter, SubscriptionGateway gateway, Commands commands, Places places) {
        this.catalog = catalog;
        this.converter = converter;
        this.gateway = gateway;
        this.commands = commands;
        this.places = places;
    }

    /** Decides and carries out. */
    public Subscription change(ConversionRequest request, RequestKey key) {
        return carryOut(request.current(), converter.convert(request), Order.of(key));
    }

    /** Decides how a subscription becomes what an account wishes. */
    public Conversion decide(Subscription current, PlanChange wish) {
        return converter.convert(ConversionRequest.of(current, catalog.getPlan(wish.target()), wish));
    }

    /** Carries out what was decided. */
    public Subscription carryOut(Subscription current, Conversion conversion, Order order) {
        if (conversion.nothingToDo()) {
            return current;
        }
        if (conversion.changes().isEmpty()) {
            return release(current, order.key());
        }
        if (!conversion.timing().now()) {
            return schedule(current, conversion.changes(), order);
        }
        return conversion.schedule() == ScheduleStep.AMEND
                ? changeAndAmend(current, conversion, order)
                : changeNow(current, conversion, order);
    }

    /** All changes a conversion leads to in the end: its own, and what stays scheduled after it. */
    public List<ItemChange> inTheEnd(Subscription current, Conversion conversion) {
        List<ItemChange> all = new ArrayList<>(conversion.changes());
        if (conversion.schedule() == ScheduleStep.AMEND) {
            Subscription changed = withQuantities(current, conversion.changes());
            plannedLater(current).ifPresent(plan -> all.addAll(later(changed, plan)));
        }
        return all;
    }

    /** Takes off what governs the subscription's future, if anything does. */
    public Subscription release(Subscription current, RequestKey key) {
        return current.schedule() == null
                ? current
                : commands.run(current.id(), () -> gateway.releaseSchedule(current.id(), key));
    }

    /** What was scheduled is put back if the change is refused: then nothing has changed. */
    private Subscription changeNow(Subscription current, Conversion conversion, Order order) {
        Subscription free = release(current, order.key());
        try {
            return changeItems(free, conversion, order);
        } catch (ProviderException | SoldOutException e) {
            try {
                planAgain(current, free, order.key());
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private Subscription planAgain(Subscription before, Subscription free, RequestKey key) {
        return before.schedule() == null
                ? free
                : plannedLater(before)
                        .map(plan -> schedule(free, later(free, plan), Order.of(key)))
                        .orElse(free);
    }

    /** Decides what becomes of the scheduled plan before anything is called, so that a refusal changes nothing. */
    private Subscription changeAndAmend(Subscription current, Conversion conversion, Order order) {
        requireAmendable(current, conversion);
        return amend(changeItems(current, conversion, order), order);
    }

    /**
     * Makes sure that what is scheduled can be put in step with a change.
     *
     * @throws ConversionException if the scheduled plan cannot take over the units
     */
    public void requireAmendable(Subscription current, Conversion conversion) {
        plannedLater(current).ifPresent(plan -> later(withQuantities(current, conversion.changes()), plan));
    }

    /** Puts what is scheduled in step with a change that was made; if that brought what was to come, nothing is to come. */
    public Subscription amend(Subscription changed, Order order) {
        if (changed.scheduledChange().isEmpty()) {
            return release(changed, order.key());
        }
        return plannedLater(changed)
                .map(plan -> keepScheduled(changed, later(changed, plan), order))
                .orElse(changed);
    }

    /** If the present lines are the ones that were to come, nothing is to come any more. */
    private Subscription keepScheduled(Subscription changed, List<ItemChange> changes, Order order) {
        return changes.isEmpty() ? release(changed, order.key()) : schedule(changed, changes, order);
    }

    private Subscription changeItems(Subscription current, Conversion conversion, Order order) {
        Supplier<Subscription> command = () -> commands.run(
                current.id(),
                () -> gateway.changeItems(
                        current.id(), conversion.changes(), conversion.timing(), order.confirmation(), order.key()));
        List<PlanKey> begun = newPlans(current, conversion);
        return begun.isEmpty() ? command.get() : places.during(begun, commands.ownerOf(current.id()), command);
    }

    private static List<PlanKey> newPlans(Subscription current, Conversion conversion) {
        return conversion.changes().stream()
                .filter(ItemChange.Replace.class::isInstance)
                .map(change -> ((ItemChange.Replace) change).plan())
                .filter(plan -> !current.plans().contains(plan))
                .toList();
    }

    private Subscription schedule(Subscription current, List<ItemChange> changes, Order order) {
        return commands.run(
                current.id(), () -> gateway.scheduleItems(current.id(), changes, order.confirmation(), order.key()));
    }

    /**
     * The changes that lead to the plan at renewal.
     *
     * @throws ConversionException if it cannot take over the present units
     */
    private List<ItemChange> later(Subscription current, Plan plan) {
        return converter
                .convert(ConversionRequest.of(current, plan).at(Timing.AT_RENEWAL))
                .changes();
    }

    private Optional<Plan> plannedLater(Subscription current) {
        return current.scheduledChange().map(ScheduledChange::plans).orElse(List.of()).stream()
                .flatMap(key -> catalog.findPlan(key).stream())
                .filter(plan -> !plan.product().addOn())
                .findFirst();
    }

    private static Subscription withQuantities(Subscription current, List<ItemChange> changes) {
        List<SubscriptionItem> items = new ArrayList<>(current.items());
        for (ItemChange change : changes) {
            if (change instanceof ItemChange.SetQuantity set) {
                items.replaceAll(item -> item.id().equals(set.itemId()) ? item.withQuantity(set.quantity()) : item);
            } else if (change instanceof ItemChange.Remove remove) {
                items.removeIf(item -> item.id().equals(remove.itemId()));
            }
        }
        return current.toBuilder().items(items).build();
    }
}
