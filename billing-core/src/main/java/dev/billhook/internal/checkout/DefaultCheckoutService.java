package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutService;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.SubscriptionStatus;
import java.util.Optional;

/** See {@link CheckoutService}. */
public final class DefaultCheckoutService implements CheckoutService {
    private final Catalog catalog;
    private final CustomerProvisioner customers;
    private final SubscriptionStore subscriptions;
    private final Visits visits;

    /** A service that sends to the pages behind the visits. */
    public DefaultCheckoutService(
            Catalog catalog, CustomerProvisioner customers, SubscriptionStore subscriptions, Visits visits) {
        this.catalog = catalog;
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.visits = visits;
    }

    @Override
    public Checkout start(CheckoutRequest request) {
        Plan plan = catalog.getPlan(request.plan());
        if (!plan.interval().recurring()) {
            throw new IllegalArgumentException("Plan '" + plan.key()
                    + "' is paid once, and one-time purchases give no access in this version; sell a recurring plan");
        }
        if (plan.product().addOn()) {
            throw new IllegalArgumentException("Plan '" + plan.key()
                    + "' is an add-on and is not sold by itself; start Checkout for a plan of a tier");
        }
        if (!plan.units().allows(request.units())) {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "' cannot be bought with " + request.units() + " units; " + plan.units());
        }
        String customerId = customers.customerOf(request.account());
        refuseSecondSubscription(request.account());
        Optional<Checkout> latest = visits.latest(request.account());
        Optional<Checkout> open = latest.filter(last -> last.status() == CheckoutStatus.OPEN);
        if (open.isPresent() && sameOffer(open.get(), request)) {
            return open.get();
        }
        open.ifPresent(visits::close);
        refuseSecondSubscription(request.account());
        return visits.open(customerId, request, plan, latest);
    }

    @Override
    public Optional<Checkout> confirmReturn(AccountRef account) {
        return visits.latest(account);
    }

    private void refuseSecondSubscription(AccountRef account) {
        boolean subscribed = subscriptions.list(account).stream()
                .map(MirroredSubscription::subscription)
                .anyMatch(subscription ->
                        !subscription.status().ended() && subscription.status() != SubscriptionStatus.INCOMPLETE);
        if (subscribed) {
            throw new InvalidStateException("Account " + account
                    + " already has a subscription; change its plan with subscriptions().changePlan(…)");
        }
    }

    private static boolean sameOffer(Checkout open, CheckoutRequest request) {
        return open.plan().equals(request.plan()) && open.units() == request.units();
    }
}
