package dev.billhook.internal.lifecycle;

import dev.billhook.RequestKey;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;

/** Decides whether and how subscriptions' invoices are collected. */
public final class Collecting {
    private final SubscriptionGateway gateway;
    private final Commands commands;

    /** Of subscriptions at the gateway. */
    public Collecting(SubscriptionGateway gateway, Commands commands) {
        this.gateway = gateway;
        this.commands = commands;
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
        return commands.run(current.id(), () -> gateway.collectBy(current.id(), method, key));
    }
}
