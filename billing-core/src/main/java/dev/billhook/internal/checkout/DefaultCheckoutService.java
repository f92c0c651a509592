package dev.billhook.internal.checkout;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.AllowedOrigins;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutService;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.internal.checkout.VisitClaims.Wish;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.spi.provider.CheckoutGateway.CardUpdate;
import dev.billhook.spi.provider.CheckoutGateway.Order;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Subscription;
import java.net.URI;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;

/** See {@link CheckoutService}. */
public final class DefaultCheckoutService implements CheckoutService {
    private final Offers offers;
    private final AllowedOrigins origins;
    private final CustomerProvisioner customers;
    private final Admission admission;
    private final Pages pages;

    /**
     * A service that sends to the pages.
     *
     * @param origins where the pages may send the browser back to
     */
    public DefaultCheckoutService(
            Offers offers, AllowedOrigins origins, CustomerProvisioner customers, Admission admission, Pages pages) {
        this.offers = offers;
        this.origins = origins;
        this.customers = customers;
        this.admission = admission;
        this.pages = pages;
    }

    /** The pages at the provider, and the visits to them. */
    public record Pages(CheckoutGateway gateway, Visits visits) {}

    @Override
    public Checkout start(CheckoutRequest request) {
        checkUrls(request.successUrl(), request.cancelUrl());
        AccountRef account = request.account();
        Order order = offers.of(request);
        Plan plan = order.main().plan();
        admission.require(account, plan);
        String customerId = customers.customerOf(account);
        Wish wish = new Wish(
                Checkout.Kind.PLAN,
                account,
                request.plan(),
                request.units(),
                offer(customerId, request, Optional.ofNullable(order.trial()), plan.pricing()));
        return pages.visits()
                .open(
                        wish,
                        (key, closesAt) -> pages.gateway().open(customerId, order.closingAt(closesAt), key),
                        () -> admission.require(account, plan));
    }

    @Override
    public Checkout startCardUpdate(AccountRef account, URI successUrl, URI cancelUrl) {
        checkUrls(successUrl, cancelUrl);
        String customerId = customers.customerOf(account);
        CardUpdate update = new CardUpdate(account, currency(account), successUrl, cancelUrl);
        Wish wish = new Wish(Checkout.Kind.CARD_UPDATE, account, null, 0, offer(customerId, update));
        return pages.visits()
                .open(wish, (key, closesAt) -> pages.gateway().openCardUpdate(customerId, update, key), () -> {});
    }

    @Override
    public Optional<Checkout> confirmReturn(AccountRef account) {
        return pages.visits().latest(account);
    }

    private void checkUrls(URI successUrl, URI cancelUrl) {
        origins.require("successUrl", successUrl);
        origins.require("cancelUrl", cancelUrl);
    }

    /** What two requests must have in common to be served by one page; every server computes the same. */
    private static String offer(Object... facts) {
        return RequestKey.derived("offer", facts).value();
    }

    /** What the account is charged in, as far as that is known. */
    private Currency currency(AccountRef account) {
        return admission
                .running(account)
                .map(Subscription::terms)
                .map(BillingTerms::currency)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(offers::currency);
    }
}
