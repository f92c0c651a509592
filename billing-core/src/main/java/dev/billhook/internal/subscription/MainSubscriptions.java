package dev.billhook.internal.subscription;

import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Subscription;
import java.util.List;
import java.util.Optional;

/** Which of an account's subscriptions is its main one, and which plan that gives. Reads the mirror only. */
public final class MainSubscriptions {
    private final Catalog catalog;
    private final SubscriptionStore store;

    /** Subscriptions of the store to plans of the catalog. */
    public MainSubscriptions(Catalog catalog, SubscriptionStore store) {
        this.catalog = catalog;
        this.store = store;
    }

    /** All of the account, newest first. */
    public List<Subscription> list(AccountRef account) {
        return store.list(account).stream()
                .map(MirroredSubscription::subscription)
                .toList();
    }

    /** The newest that has not ended; one that has only add-ons stands beside it and is none. */
    public Optional<Subscription> find(AccountRef account) {
        return list(account).stream()
                .filter(subscription -> !subscription.status().ended() && !onlyAddOns(subscription))
                .findFirst();
    }

    /**
     * The main subscription.
     *
     * @throws InvalidStateException if there is none
     */
    public Subscription require(AccountRef account) {
        return find(account)
                .orElseThrow(() -> new InvalidStateException(
                        "Account " + account + " has no subscription that has not ended; send it to Checkout"));
    }

    /** Whether every line that belongs to the catalog is an add-on's, and there is one. */
    public boolean onlyAddOns(Subscription subscription) {
        return catalog.onlyAddOns(subscription.plans());
    }

    /** The tier's plan the subscription gives, the greatest if there are several. */
    public Optional<Plan> findPlan(Subscription subscription) {
        return subscription.mainPlan(catalog);
    }

    /**
     * The tier's plan the subscription gives.
     *
     * @throws InvalidStateException if it gives none of the catalog
     */
    public Plan plan(Subscription subscription) {
        return findPlan(subscription)
                .orElseThrow(() -> new InvalidStateException("Subscription " + subscription.id()
                        + " has no line of a tier's plan in the catalog; add its plan to the catalog"));
    }
}
