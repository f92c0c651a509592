package dev.billhook.internal.addon;

import dev.billhook.account.AccountRef;
import dev.billhook.event.BillingEvent;
import dev.billhook.internal.event.Reaction;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.subscription.Subscription;

/** Takes the subscriptions of add-ons along when the main one ends or goes on after all, however it was told to. */
public final class AddOnFollowing implements Reaction {
    private final MainSubscriptions subscriptions;
    private final AddOnSubscriptions own;
    private final boolean any;

    /**
     * @param any whether the catalog has add-ons at all
     */
    public AddOnFollowing(MainSubscriptions subscriptions, AddOnSubscriptions own, boolean any) {
        this.subscriptions = subscriptions;
        this.own = own;
        this.any = any;
    }

    @Override
    public boolean concerns(BillingEvent event) {
        return any
                && (event instanceof BillingEvent.CancellationScheduled
                        || event instanceof BillingEvent.CancellationWithdrawn
                        || event instanceof BillingEvent.SubscriptionEnded);
    }

    @Override
    public void on(BillingEvent event) {
        AccountRef account = event.account();
        if (isOfMain(event)) {
            Subscription main = subscriptions.find(account).orElse(null);
            subscriptions.list(account).stream()
                    .filter(subscriptions::onlyAddOns)
                    .forEach(addOn -> own.follow(main, addOn));
        }
    }

    private boolean isOfMain(BillingEvent event) {
        return subscriptions.list(event.account()).stream()
                .filter(subscription -> !subscriptions.onlyAddOns(subscription))
                .anyMatch(subscription -> subscription.id().equals(idOf(event)));
    }

    private static String idOf(BillingEvent event) {
        if (event instanceof BillingEvent.CancellationScheduled scheduled) {
            return scheduled.subscriptionId();
        }
        if (event instanceof BillingEvent.CancellationWithdrawn withdrawn) {
            return withdrawn.subscriptionId();
        }
        return event instanceof BillingEvent.SubscriptionEnded ended ? ended.subscriptionId() : "";
    }
}
