package dev.billhook.internal.addon;

import dev.billhook.RequestKey;
import dev.billhook.addon.AddOnException;
import dev.billhook.addon.AddOnException.Reason;
import dev.billhook.addon.LineOrder;
import dev.billhook.addon.RemovalPreview;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.invoice.Estimate;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Changes one line of a subscription, and keeps what is scheduled for it in step. */
public final class AddOnLines {
    private final SubscriptionGateway gateway;
    private final EstimateGateway estimates;
    private final Commands commands;
    private final LineOrder order;
    private final InstantSource clock;

    /** Lines at the provider. */
    public AddOnLines(PaymentProvider provider, Commands commands, LineOrder order, InstantSource clock) {
        this.gateway = provider.subscriptions();
        this.estimates = provider.estimates();
        this.commands = commands;
        this.order = order;
        this.clock = clock;
    }

    /** The subscription as the provider has it now. */
    Subscription refreshed(Subscription subscription) {
        return commands.refresh(subscription.id());
    }

    void change(Subscription current, ItemChange change, Timing timing, RequestKey key) {
        List<ItemChange> scheduled = LineOrder.merge(order.scheduled(current), change, !timing.now());
        if (!timing.now()) {
            requireRenewal(current);
            schedule(current, scheduled, key);
            return;
        }
        Subscription changed =
                commands.run(current.id(), () -> gateway.changeItems(current.id(), List.of(change), timing, key));
        if (current.schedule() != null) {
            schedule(changed, scheduled, key);
        }
    }

    /** Takes a plan that was to begin with the renewal out of what is scheduled; false if none was. */
    boolean withdraw(Subscription current, PlanKey plan, RequestKey key) {
        return reschedule(
                current,
                change -> !(change instanceof ItemChange.Add add && add.plan().equals(plan)),
                key);
    }

    /** Lets a line stay that was to end with the renewal. */
    void keep(Subscription current, String itemId, RequestKey key) {
        reschedule(current, change -> !change.equals(new ItemChange.Remove(itemId)), key);
    }

    private boolean reschedule(Subscription current, Predicate<ItemChange> stays, RequestKey key) {
        List<ItemChange> scheduled = order.scheduled(current);
        List<ItemChange> kept = scheduled.stream().filter(stays).toList();
        if (kept.size() == scheduled.size()) {
            return false;
        }
        schedule(current, kept, RequestKey.derived("in-step", key.value()));
        return true;
    }

    /** What removing a line would lead to. */
    RemovalPreview previewRemoval(Subscription current, SubscriptionItem item, Timing timing) {
        if (!timing.now()) {
            requireRenewal(current);
        }
        Instant now = current.withinPeriod(clock.instant());
        Estimate following = estimates
                .afterChange(current.id(), List.of(new ItemChange.Remove(item.id())), timing, now)
                .orElse(null);
        Currency currency = Objects.requireNonNull(current.terms().currency(), "currency");
        return new RemovalPreview(timing.now() ? now : item.periodEnd(), following, Money.zero(currency));
    }

    /** If nothing is left to come, nothing governs the subscription any more. */
    private void schedule(Subscription current, List<ItemChange> changes, RequestKey key) {
        if (!changes.isEmpty()) {
            commands.run(current.id(), () -> gateway.scheduleItems(current.id(), changes, key));
        } else if (current.schedule() != null) {
            commands.run(current.id(), () -> gateway.releaseSchedule(current.id(), key));
        }
    }

    private static void requireRenewal(Subscription current) {
        if (current.pendingEnd().isPresent()) {
            throw new AddOnException(
                    Reason.ENDING,
                    "Subscription " + current.id() + " will end, so nothing can change at its renewal",
                    "withdraw the cancellation first, or change it now");
        }
    }
}
