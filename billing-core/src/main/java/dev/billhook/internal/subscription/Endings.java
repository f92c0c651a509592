package dev.billhook.internal.subscription;

import dev.billhook.RequestKey;
import dev.billhook.internal.payback.Paybacks;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.Subscription;

/** Ends subscriptions, and withdraws that. */
final class Endings {
    private final SubscriptionGateway gateway;
    private final Commands commands;
    private final PlanChanger changer;
    private final Paybacks paybacks;

    Endings(SubscriptionGateway gateway, Commands commands, PlanChanger changer, Paybacks paybacks) {
        this.gateway = gateway;
        this.commands = commands;
        this.changer = changer;
        this.paybacks = paybacks;
    }

    /** The provider refuses to end a subscription later that a schedule governs, so the schedule goes first. */
    Subscription cancel(Subscription current, Cancellation cancellation, Why why, RequestKey key) {
        if (cancellation instanceof Cancellation.Now now) {
            return cancelNow(current.id(), now.settlement(), why, key);
        }
        changer.release(current, key);
        return commands.run(current.id(), () -> gateway.cancel(current.id(), cancellation, why, key));
    }

    Subscription uncancel(Subscription current, RequestKey key) {
        if (current.pendingEnd().isPresent()) {
            changer.release(current, key);
        }
        return commands.run(current.id(), () -> gateway.uncancel(current.id(), key));
    }

    /** First what is given back, then the end: if the first is refused, nothing has changed. */
    private Subscription cancelNow(String id, Settlement settlement, Why why, RequestKey key) {
        Settlement rest = Settlement.NOTHING;
        if (settlement != Settlement.NOTHING) {
            Subscription present = commands.refresh(id);
            boolean settled = paybacks.giveBack(present, commands.customerOf(id), settlement, key);
            rest = settled ? Settlement.NOTHING : Settlement.CREDIT;
        }
        Cancellation end = Cancellation.now(rest);
        return commands.run(id, () -> gateway.cancel(id, end, why, key));
    }
}
