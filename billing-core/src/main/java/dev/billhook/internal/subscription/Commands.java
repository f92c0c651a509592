package dev.billhook.internal.subscription;

import dev.billhook.account.AccountRef;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Subscription;
import java.util.function.Supplier;

/** Runs commands at the provider and brings their answers through the door. */
public final class Commands {
    private final MirrorSync sync;
    private final SubscriptionStore store;

    /** Commands whose answers the sync brings into the store. */
    public Commands(MirrorSync sync, SubscriptionStore store) {
        this.sync = sync;
        this.store = store;
    }

    /** The state that is in the mirror when the command is through. */
    public Subscription run(String subscriptionId, Supplier<Fetched<SubscriptionSnapshot>> call) {
        sync.command(subscriptionId, call);
        return store.find(subscriptionId).orElseThrow().subscription();
    }

    /** The state that is in the mirror when the provider was asked for the present one. */
    public Subscription refresh(String subscriptionId) {
        sync.refreshSubscription(subscriptionId);
        return store.find(subscriptionId).orElseThrow().subscription();
    }

    /** The state that is in the mirror when the call that makes a subscription is through. */
    public Subscription begin(Supplier<Fetched<SubscriptionSnapshot>> call) {
        return refresh(call.get().value().objectId());
    }

    /** Whose account a mirrored subscription is of. */
    AccountRef ownerOf(String subscriptionId) {
        return store.find(subscriptionId).orElseThrow().account();
    }

    /** Whose customer a mirrored subscription is of. */
    public String customerOf(String subscriptionId) {
        return store.find(subscriptionId).orElseThrow().customerId();
    }
}
