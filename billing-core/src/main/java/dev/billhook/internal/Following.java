package dev.billhook.internal;

import dev.billhook.account.AccountService;
import dev.billhook.addon.AddOnService;
import dev.billhook.catalog.sync.CatalogPublisher;
import dev.billhook.checkout.CheckoutService;
import dev.billhook.checkout.PortalService;
import dev.billhook.deletion.AccountDeletion;
import dev.billhook.discount.DiscountService;
import dev.billhook.event.EventOutbox;
import dev.billhook.grant.GrantService;
import dev.billhook.imports.AccountImport;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.migration.PriceMigration;
import dev.billhook.offer.OfferService;
import dev.billhook.purchase.PurchaseService;
import dev.billhook.quote.QuoteService;
import dev.billhook.reconcile.Reconciler;
import dev.billhook.support.SupportDesk;
import dev.billhook.trial.TrialService;
import dev.billhook.unit.UnitService;
import dev.billhook.usage.UsageOutbox;
import dev.billhook.usage.UsageRecorder;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookInbox;
import dev.billhook.webhook.endpoint.WebhookEndpoints;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a service, so that hosts can keep it: each call is answered by the service that is in force when it begins. A
 * proxy, so that what is added to a service follows from its first day. Who answers access is the same throughout: it is asked too
 * often for a detour.
 */
final class Following implements InvocationHandler {
    private final Supplier<?> inForce;

    private Following(Supplier<?> inForce) {
        this.inForce = inForce;
    }

    /** A service that is always the one in force. */
    static <T> T service(Class<T> type, Supplier<T> inForce) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Following(inForce)));
    }

    /** A billing whose services are always those of the billing in force. */
    static DefaultBilling billing(Supplier<DefaultBilling> inForce) {
        DefaultBilling lasting = inForce.get();
        return new DefaultBilling(
                () -> inForce.get().catalog(),
                follow(AccountService.class, inForce, DefaultBilling::accounts),
                follow(CheckoutService.class, inForce, DefaultBilling::checkout),
                follow(PortalService.class, inForce, DefaultBilling::portal),
                follow(SubscriptionService.class, inForce, DefaultBilling::subscriptions),
                follow(InvoiceService.class, inForce, DefaultBilling::invoices),
                follow(PurchaseService.class, inForce, DefaultBilling::purchases),
                follow(DiscountService.class, inForce, DefaultBilling::discounts),
                follow(UnitService.class, inForce, DefaultBilling::units),
                follow(UsageRecorder.class, inForce, DefaultBilling::usage),
                follow(AddOnService.class, inForce, DefaultBilling::addOns),
                follow(TrialService.class, inForce, DefaultBilling::trials),
                follow(QuoteService.class, inForce, DefaultBilling::quotes),
                follow(OfferService.class, inForce, DefaultBilling::offers),
                lasting.entitlements(),
                follow(GrantService.class, inForce, DefaultBilling::grants),
                follow(AccountImport.class, inForce, DefaultBilling::imports),
                follow(AccountDeletion.class, inForce, DefaultBilling::deletion),
                follow(WebhookDispatcher.class, inForce, DefaultBilling::webhooks),
                follow(WebhookInbox.class, inForce, DefaultBilling::inbox),
                follow(EventOutbox.class, inForce, DefaultBilling::outbox),
                follow(UsageOutbox.class, inForce, DefaultBilling::usageOutbox),
                follow(WebhookEndpoints.class, inForce, DefaultBilling::endpoints),
                follow(SupportDesk.class, inForce, DefaultBilling::support),
                follow(Reconciler.class, inForce, DefaultBilling::reconciler),
                follow(CatalogPublisher.class, inForce, DefaultBilling::catalogPublisher),
                follow(PriceMigration.class, inForce, DefaultBilling::migrations),
                lasting.background());
    }

    private static <T> T follow(Class<T> type, Supplier<DefaultBilling> inForce, Function<DefaultBilling, T> part) {
        return service(type, () -> part.apply(inForce.get()));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        try {
            return method.invoke(inForce.get(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> inForce.get().toString();
        };
    }
}
