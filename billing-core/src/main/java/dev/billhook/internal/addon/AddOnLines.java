package dev.billhook.internal.addon;

import dev.billhook.RequestKey;
import dev.billhook.addon.AddOnException;
import dev.billhook.addon.AddOnException.Reason;
import dev.billhook.addon.LineOrder;
import dev.billhook.conversion.ItemChange;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.util.List;

/** Changes one line of a subscription, and keeps what is scheduled for it in step. */
public final class AddOnLines {
    private final SubscriptionGateway gateway;
    private final Commands commands;
    private final LineOrder order;

    /** Lines at the gateway. */
    public AddOnLines(SubscriptionGateway gateway, Commands commands, LineOrder order) {
        this.gateway = gateway;
        this.commands = commands;
        this.order = order;
    }

    /** The subscription as the provider has it now. */
    Subscription refreshed(Subscription subscription) {
        return commands.refresh(subscription.id());
    }

    void change(Subscription current, ItemChange change, Timing timing) {
        List<ItemChange> scheduled = LineOrder.merge(order.scheduled(current), change, !timing.now());
        if (!timing.now()) {
            requireRenewal(current);
            schedule(current, scheduled);
            return;
        }
        Subscription changed = commands.run(
                current.id(), () -> gateway.changeItems(current.id(), List.of(change), timing, RequestKey.random()));
        if (current.schedule() != null) {
            schedule(changed, scheduled);
        }
    }

    /** If nothing is left to come, nothing governs the subscription any more. */
    private void schedule(Subscription current, List<ItemChange> changes) {
        if (!changes.isEmpty()) {
            commands.run(current.id(), () -> gateway.scheduleItems(current.id(), changes, RequestKey.random()));
        } else if (current.schedule() != null) {
            commands.run(current.id(), () -> gateway.releaseSchedule(current.id(), RequestKey.random()));
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
