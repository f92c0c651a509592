package dev.billhook.internal.invoice;

import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountRef;
import dev.billhook.invoice.Estimate;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;

/** Estimates the invoices of accounts' main subscriptions. */
public final class Estimator {
    private final SubscriptionService subscriptions;
    private final EstimateGateway gateway;

    /** Lets the service foresee changes, and asks the gateway what comes without one. */
    public Estimator(SubscriptionService subscriptions, EstimateGateway gateway) {
        this.subscriptions = subscriptions;
        this.gateway = gateway;
    }

    Estimate next(AccountRef account) {
        Subscription current = subscriptions
                .find(account)
                .orElseThrow(() -> new InvalidStateException(
                        "Account " + account + " has no subscription that has not ended; send it to Checkout"));
        return gateway.next(current.id()).orElseThrow(() -> noInvoice(account));
    }

    /** The invoice the change makes at once, else the next one. */
    public Estimate afterChange(AccountRef account, PlanChange change) {
        ChangePreview preview = subscriptions.preview(account, change);
        return preview.invoiceNow().or(preview::nextInvoice).orElseThrow(() -> noInvoice(account));
    }

    private static InvalidStateException noInvoice(AccountRef account) {
        return new InvalidStateException("No further invoice will come for account " + account
                + "; its subscription ends with the running period");
    }
}
