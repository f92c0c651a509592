package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.checkout.AllowedOrigins;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.checkout.PortalService;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.spi.provider.PortalGateway;
import dev.billhook.spi.provider.PortalGateway.Errand;
import dev.billhook.subscription.Subscription;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** See {@link PortalService}. */
public final class DefaultPortalService implements PortalService {
    private final AccountService accounts;
    private final SubscriptionService subscriptions;
    private final PlanSwitches switches;
    private final PortalGateway gateway;
    private final AllowedOrigins origins;

    /**
     * A service that opens the gateway's portal.
     *
     * @param origins where the portal may send the browser back to
     */
    public DefaultPortalService(
            AccountService accounts,
            SubscriptionService subscriptions,
            PlanSwitches switches,
            PortalGateway gateway,
            AllowedOrigins origins) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.switches = switches;
        this.gateway = gateway;
        this.origins = origins;
    }

    @Override
    public URI open(PortalRequest request) {
        origins.require("returnUrl", request.returnUrl());
        if (request.after() instanceof PortalRequest.After.ReturnTo to) {
            origins.require("the URL after the flow", to.url());
        }
        String customerId = accounts.get(request.account())
                .customerId()
                .orElseThrow(() -> new InvalidStateException(
                        "Account " + request.account() + " has no customer yet; send it to Checkout first"));
        PortalGateway.Visit visit = new PortalGateway.Visit(
                request.returnUrl(), errand(request), request.after(), switches.portalPublished());
        return gateway.open(customerId, visit, RequestKey.random());
    }

    private Errand errand(PortalRequest request) {
        return switch (request.flow()) {
            case HOME -> new Errand.Home();
            case UPDATE_PAYMENT_METHOD -> new Errand.UpdatePaymentMethod();
            case CANCEL -> new Errand.Cancel(require(request.account()).id(), request.retentionCoupon());
            case SWITCH_PLAN -> switching(require(request.account()), request.target());
        };
    }

    private Errand switching(Subscription current, PortalRequest.@Nullable Target target) {
        return target == null ? new Errand.SwitchPlan(current.id()) : switches.confirm(current, target);
    }

    private Subscription require(AccountRef account) {
        return subscriptions
                .find(account)
                .orElseThrow(() -> new InvalidStateException(
                        "Account " + account + " has no subscription; open the portal with flow HOME"));
    }
}
