package dev.billhook.internal.purchase;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.event.BillingEvent;
import dev.billhook.internal.event.Reaction;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.purchase.Purchase;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Subscription;

/**
 * Ends the subscription that a purchase replaces: one to the same tier or a lower one. A subscription to a higher tier gives
 * more than what was bought, so it goes on. May be called again after a crash: what is given back is named after purchase and
 * subscription, and what has ended stays so.
 */
public final class FormerSubscription implements Reaction {
    private static final int MOST = 10;

    private final Catalog catalog;
    private final PurchaseStore purchases;
    private final SubscriptionService subscriptions;
    private final Settlement remainder;

    /**
     * @param remainder what becomes of the time that was paid for
     */
    public FormerSubscription(
            Catalog catalog, PurchaseStore purchases, SubscriptionService subscriptions, Settlement remainder) {
        this.catalog = catalog;
        this.purchases = purchases;
        this.subscriptions = subscriptions;
        this.remainder = remainder;
    }

    @Override
    public boolean concerns(BillingEvent event) {
        return event instanceof BillingEvent.PurchaseMade;
    }

    @Override
    public void on(BillingEvent event) {
        String purchaseId = ((BillingEvent.PurchaseMade) event).purchaseId();
        purchases
                .find(purchaseId)
                .map(PurchaseStore.Row::purchase)
                .filter(Purchase::valid)
                .flatMap(purchase -> catalog.findPlan(purchase.plan()))
                .ifPresent(plan -> endFormer(event.account(), plan, purchaseId));
    }

    private void endFormer(AccountRef account, Plan bought, String purchaseId) {
        for (int i = 0; i < MOST; i++) {
            Subscription former = subscriptions
                    .find(account)
                    .filter(subscription -> replaced(subscription, bought))
                    .orElse(null);
            if (former == null) {
                return;
            }
            Settlement settlement = former.status().running() ? remainder : Settlement.NOTHING;
            RequestKey key = RequestKey.derived("replaced", purchaseId, former.id());
            subscriptions.cancel(account, Cancellation.now(settlement), Cancellation.Why.UNSAID, key);
        }
    }

    private boolean replaced(Subscription subscription, Plan bought) {
        return subscription
                .mainPlan(catalog)
                .filter(plan -> plan.product().tierRank() <= bought.product().tierRank())
                .isPresent();
    }
}
