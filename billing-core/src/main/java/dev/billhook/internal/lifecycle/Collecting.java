package dev.billhook.internal.lifecycle;

import dev.billhook.RequestKey;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.PlanChanger;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;

/** Decides whether and how subscriptions' invoices are collected. */
public final class Collecting {
    private final SubscriptionGateway gateway;
    private final Commands commands;
    private final PlanChanger changer;

    /** Of subscriptions at the gateway. */
    public Collecting(SubscriptionGateway gateway, Commands commands, PlanChanger changer) {
        this.gateway = gateway;
        this.commands = commands;
        this.changer = changer;
    }

    Subscription pause(Subscription current, CollectionPause pause, RequestKey key) {
        return commands.run(current.id(), () -> gateway.pauseCollection(current.id(), pause, key));
    }

    Subscription resume(Subscription current, RequestKey key) {
        Subscription collected = current.collectionPaused()
                ? commands.run(current.id(), () -> gateway.resumeCollection(current.id(), key))
                : current;
        return collected.status() == SubscriptionStatus.PAUSED
                ? commands.run(current.id(), () -> gateway.resume(current.id(), key))
                : collected;
    }

    Subscription by(Subscription current, CollectionMethod method, RequestKey key) {
        return changer.withoutSchedule(
                current, key, free -> commands.run(free.id(), () -> gateway.collectBy(free.id(), method, key)));
    }
}
