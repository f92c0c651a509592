package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.Checkout;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.PurchaseException;
import dev.billhook.purchase.PurchaseException.Reason;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether an account may buy a plan, besides what it has. Reads the mirror only. */
public final class Admission {
    private final Catalog catalog;
    private final BillingStores stores;
    private final VisitClaims visits;

    /** Of accounts in the stores to plans of the catalog. */
    public Admission(Catalog catalog, BillingStores stores, VisitClaims visits) {
        this.catalog = catalog;
        this.stores = stores;
        this.visits = visits;
    }

    /**
     * Lets those pass who may buy the plan.
     *
     * @throws InvalidStateException if a second subscription would come of it
     * @throws PurchaseException if what was bought once gives it already
     */
    void require(AccountRef account, Plan plan) {
        if (plan.interval().recurring()) {
            refuseSecondSubscription(account);
        } else {
            refuseWhilePaying(account);
        }
        owned(account, plan).ifPresent(purchase -> {
            throw new PurchaseException(
                    Reason.OWNED_ALREADY,
                    "Account " + account + " owns plan '" + purchase.plan() + "', which gives what '" + plan.key()
                            + "' would",
                    "offer a higher tier, or nothing");
        });
    }

    /** Subscriptions of the account that have not ended. */
    Stream<Subscription> running(AccountRef account) {
        return stores.subscriptions().list(account).stream()
                .map(MirroredSubscription::subscription)
                .filter(subscription -> !subscription.status().ended());
    }

    /** A valid purchase of the plan's tier; of plans sold by the unit another one may bring more units. */
    private Optional<Purchase> owned(AccountRef account, Plan plan) {
        return stores.purchases().list(account).stream()
                .filter(Purchase::valid)
                .filter(purchase -> catalog.findPlan(purchase.plan())
                        .map(owned ->
                                owned.product().key().equals(plan.product().key()))
                        .orElseGet(() -> purchase.plan().equals(plan.key())))
                .findFirst();
    }

    private void refuseWhilePaying(AccountRef account) {
        visits.pending(account, Checkout.Kind.PLAN).stream().findFirst().ifPresent(visit -> {
            throw new PurchaseException(
                    Reason.PAYMENT_PENDING,
                    "Account " + account + " has paid for plan '" + visit.plan()
                            + "' in a way that takes days, and the money is not there yet",
                    "wait for PurchaseMade or PurchaseFailed");
        });
    }

    private void refuseSecondSubscription(AccountRef account) {
        if (running(account)
                .anyMatch(subscription -> subscription.status() != SubscriptionStatus.INCOMPLETE
                        && !catalog.onlyAddOns(subscription.plans()))) {
            throw new InvalidStateException("Account " + account
                    + " already has a subscription; change its plan with subscriptions().changePlan(…)");
        }
    }
}
