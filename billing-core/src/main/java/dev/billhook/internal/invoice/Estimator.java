package dev.billhook.internal.invoice;

import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.ConversionRequest;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.invoice.Estimate;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import java.time.InstantSource;

/** Estimates the invoices of accounts' main subscriptions. */
public final class Estimator {
    private final Catalog catalog;
    private final PlanConverter converter;
    private final SubscriptionService subscriptions;
    private final EstimateGateway gateway;
    private final InstantSource clock;

    /** Decides with the converter, and asks the gateway what it comes to. */
    public Estimator(
            Catalog catalog,
            PlanConverter converter,
            SubscriptionService subscriptions,
            EstimateGateway gateway,
            InstantSource clock) {
        this.catalog = catalog;
        this.converter = converter;
        this.subscriptions = subscriptions;
        this.gateway = gateway;
        this.clock = clock;
    }

    Estimate next(AccountRef account) {
        return gateway.next(require(account).id()).orElseThrow(() -> noInvoice(account));
    }

    /** What the change would charge; a change that changes nothing leaves the next invoice as it is. */
    public Estimate afterChange(AccountRef account, PlanChange change) {
        Subscription current = require(account);
        Conversion conversion =
                converter.convert(ConversionRequest.of(current, catalog.getPlan(change.target()), change));
        if (conversion.changes().isEmpty()) {
            return next(account);
        }
        return gateway.afterChange(
                        current.id(), conversion.changes(), conversion.timing(), current.withinPeriod(clock.instant()))
                .orElseThrow(() -> noInvoice(account));
    }

    private Subscription require(AccountRef account) {
        return subscriptions
                .find(account)
                .orElseThrow(() -> new InvalidStateException(
                        "Account " + account + " has no subscription that has not ended; send it to Checkout"));
    }

    private static InvalidStateException noInvoice(AccountRef account) {
        return new InvalidStateException("No further invoice will come for account " + account
                + "; its subscription ends with the running period");
    }
}
