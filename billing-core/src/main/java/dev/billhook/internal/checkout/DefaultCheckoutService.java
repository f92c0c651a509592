package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutService;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.util.Optional;

/** See {@link CheckoutService}. */
public final class DefaultCheckoutService implements CheckoutService {
    private final Catalog catalog;
    private final CheckoutGateway gateway;
    private final BillingStores stores;
    private final CustomerProvisioner customers;
    private final MirrorSync sync;

    /** A service that sends to the gateway's pages. */
    public DefaultCheckoutService(
            Catalog catalog,
            CheckoutGateway gateway,
            BillingStores stores,
            CustomerProvisioner customers,
            MirrorSync sync) {
        this.catalog = catalog;
        this.gateway = gateway;
        this.stores = stores;
        this.customers = customers;
        this.sync = sync;
    }

    @Override
    public Checkout start(CheckoutRequest request) {
        Plan plan = catalog.getPlan(request.plan());
        if (!plan.interval().recurring()) {
            throw new IllegalArgumentException("Plan '" + plan.key()
                    + "' is paid once, and one-time purchases give no access in this version; sell a recurring plan");
        }
        if (!plan.units().allows(request.units())) {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "' cannot be bought with " + request.units() + " units; " + plan.units());
        }
        String customerId = customers.customerOf(request.account());
        refuseSecondSubscription(request.account());
        Optional<Checkout> open = settleLatest(request.account()).filter(last -> last.status() == CheckoutStatus.OPEN);
        if (open.isPresent() && sameOffer(open.get(), request)) {
            return open.get();
        }
        open.ifPresent(other -> settle(other, gateway.expire(other.id(), RequestKey.random())));
        refuseSecondSubscription(request.account());
        return open(customerId, request, plan);
    }

    @Override
    public Optional<Checkout> confirmReturn(AccountRef account) {
        return settleLatest(account);
    }

    private Checkout open(String customerId, CheckoutRequest request, Plan plan) {
        CheckoutGateway.Session session = gateway.open(customerId, request, plan, RequestKey.random());
        if (session.url() == null) {
            throw new InvalidStateException("Checkout " + session.id() + " was not opened; start again");
        }
        Checkout checkout = new Checkout(
                session.id(),
                request.account(),
                plan.key(),
                request.units(),
                session.status(),
                session.url(),
                session.createdAt(),
                session.expiresAt());
        stores.checkouts().save(checkout);
        return checkout;
    }

    /** Asks how the latest visit stands; the webhook may have been faster or slower. */
    private Optional<Checkout> settleLatest(AccountRef account) {
        return stores.checkouts()
                .findLatest(account)
                .map(last -> last.status() == CheckoutStatus.OPEN ? settle(last, gateway.fetch(last.id())) : last);
    }

    private Checkout settle(Checkout checkout, CheckoutGateway.Session session) {
        if (session.subscriptionId() != null) {
            sync.refreshSubscription(session.subscriptionId());
        }
        Checkout now = checkout.withStatus(session.status());
        if (now.status() != checkout.status()) {
            stores.checkouts().save(now);
        }
        return now;
    }

    private void refuseSecondSubscription(AccountRef account) {
        boolean subscribed = stores.subscriptions().list(account).stream()
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
