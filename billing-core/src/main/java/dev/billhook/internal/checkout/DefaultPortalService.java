package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountService;
import dev.billhook.checkout.PortalFlow;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.checkout.PortalService;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.spi.provider.PortalGateway;
import dev.billhook.subscription.Subscription;
import java.net.URI;

/** See {@link PortalService}. */
public final class DefaultPortalService implements PortalService {
    private final AccountService accounts;
    private final SubscriptionService subscriptions;
    private final PortalGateway gateway;

    /** A service that opens the gateway's portal. */
    public DefaultPortalService(AccountService accounts, SubscriptionService subscriptions, PortalGateway gateway) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.gateway = gateway;
    }

    @Override
    public URI open(PortalRequest request) {
        String customerId = accounts.get(request.account())
                .customerId()
                .orElseThrow(() -> new InvalidStateException(
                        "Account " + request.account() + " has no customer yet; send it to Checkout first"));
        String subscriptionId =
                subscriptions.find(request.account()).map(Subscription::id).orElse(null);
        if (aboutSubscription(request.flow()) && subscriptionId == null) {
            throw new InvalidStateException(
                    "Account " + request.account() + " has no subscription; open the portal with flow HOME");
        }
        return gateway.open(customerId, request.returnUrl(), request.flow(), subscriptionId, RequestKey.random());
    }

    private static boolean aboutSubscription(PortalFlow flow) {
        return flow == PortalFlow.CANCEL || flow == PortalFlow.SWITCH_PLAN;
    }
}
