package dev.billhook.stripe.testing;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static dev.billhook.stripe.testing.Situations.BACK;
import static dev.billhook.stripe.testing.Situations.HOBBY;
import static dev.billhook.stripe.testing.Situations.PRO;
import static dev.billhook.stripe.testing.Situations.SUPPORT;
import static dev.billhook.stripe.testing.Situations.TEAM;

import dev.billhook.Billing;
import dev.billhook.addon.AddOnRequest;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.coupon.Reduction;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.RefundRequest;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.quote.Quote;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Timing;
import dev.billhook.unit.UnitChange;
import java.time.Instant;
import java.util.stream.Stream;

/** All commands that change something at Stripe. A new command is one more line. */
public final class ShopCommands {
    private ShopCommands() {}

    /** Each. */
    public static Stream<ShopCommand> all() {
        return Stream.of(
                new ShopCommand(
                        "subscriptions.cancel at period end",
                        Situations::pro,
                        (billing, shop, key) -> billing.subscriptions().cancel(BUYER, Cancellation.atPeriodEnd())),
                new ShopCommand(
                        "subscriptions.cancel now",
                        Situations::pro,
                        (billing, shop, key) -> billing.subscriptions().cancel(BUYER, Cancellation.now())),
                new ShopCommand(
                        "subscriptions.uncancel",
                        Situations::ending,
                        (billing, shop, key) -> billing.subscriptions().uncancel(BUYER)),
                new ShopCommand(
                        "subscriptions.pause",
                        Situations::pro,
                        (billing, shop, key) -> billing.subscriptions()
                                .pause(BUYER, CollectionPause.with(CollectionPause.Behavior.VOID))),
                new ShopCommand(
                        "subscriptions.collectBy",
                        Situations::pro,
                        (billing, shop, key) -> billing.subscriptions().collectBy(BUYER, CollectionMethod.invoice(14))),
                new ShopCommand(
                        "subscriptions.changePlan now",
                        Situations::pro,
                        (billing, shop, key) -> billing.subscriptions()
                                .changePlan(BUYER, PlanChange.to(TEAM).withUnits(5), key)),
                new ShopCommand(
                        "subscriptions.changePlan at renewal",
                        Situations::pro,
                        (billing, shop, key) -> billing.subscriptions().changePlan(BUYER, PlanChange.to(HOBBY), key)),
                new ShopCommand(
                        "subscriptions.confirm",
                        Situations::pro,
                        ShopCommand.confirming(PlanChange.to(TEAM).withUnits(5))),
                new ShopCommand(
                        "subscriptions.withdrawScheduledChange",
                        Situations::changing,
                        (billing, shop, key) -> billing.subscriptions().withdrawScheduledChange(BUYER)),
                new ShopCommand(
                        "subscriptions.setUnits",
                        Situations::team,
                        (billing, shop, key) -> billing.subscriptions().setUnits(BUYER, 7)),
                new ShopCommand(
                        "checkout.start",
                        shop -> {},
                        (billing, shop, key) -> billing.checkout().start(CheckoutRequest.of(BUYER, PRO, BACK, BACK))),
                new ShopCommand(
                        "portal.open",
                        Situations::pro,
                        (billing, shop, key) -> billing.portal().open(PortalRequest.home(BUYER, BACK))),
                new ShopCommand(
                        "discounts.apply",
                        Situations::proWithCode,
                        (billing, shop, key) -> billing.discounts().apply(BUYER, "TENOFF", key)),
                new ShopCommand(
                        "discounts.applyToAll",
                        Situations::proWithCode,
                        (billing, shop, key) -> billing.discounts().applyToAll(BUYER, "TENOFF", key)),
                new ShopCommand(
                        "discounts.remove",
                        Situations::discounted,
                        (billing, shop, key) -> billing.discounts()
                                .remove(
                                        BUYER,
                                        billing.discounts().list(BUYER).get(0).id())),
                new ShopCommand(
                        "discounts.removeAll",
                        Situations::discounted,
                        (billing, shop, key) -> billing.discounts().removeAll(BUYER)),
                new ShopCommand(
                        "discounts.createReferral",
                        shop -> {},
                        (billing, shop, key) ->
                                billing.discounts().createReferral(ReferralRequest.of(Reduction.percent(10)), key)),
                new ShopCommand(
                        "invoices.pay",
                        Situations::unpaid,
                        (billing, shop, key) -> billing.invoices().pay(BUYER, invoice(billing), key)),
                new ShopCommand(
                        "invoices.markPaid",
                        Situations::unpaid,
                        (billing, shop, key) -> billing.invoices().markPaid(BUYER, invoice(billing))),
                new ShopCommand(
                        "invoices.voidInvoice",
                        Situations::unpaid,
                        (billing, shop, key) -> billing.invoices().voidInvoice(BUYER, invoice(billing))),
                new ShopCommand(
                        "invoices.credit",
                        Situations::pro,
                        (billing, shop, key) ->
                                billing.invoices().credit(BUYER, CreditNoteRequest.whole(invoice(billing)), key)),
                new ShopCommand(
                        "invoices.refund",
                        Situations::pro,
                        (billing, shop, key) ->
                                billing.invoices().refund(BUYER, RefundRequest.whole(invoice(billing)), key)),
                new ShopCommand(
                        "subscriptions.cancel now and refund",
                        Situations::pro,
                        (billing, shop, key) -> billing.subscriptions()
                                .cancel(
                                        BUYER,
                                        Cancellation.now(Cancellation.Settlement.REFUND),
                                        Cancellation.Why.UNSAID,
                                        key)),
                new ShopCommand(
                        "subscriptions.resume",
                        Situations::paused,
                        (billing, shop, key) -> billing.subscriptions().resume(BUYER)),
                new ShopCommand(
                        "subscriptions.reactivate",
                        Situations::gone,
                        (billing, shop, key) ->
                                billing.subscriptions().reactivate(BUYER, Reactivation.atOldPrices(), key)),
                new ShopCommand(
                        "units.add",
                        Situations::team,
                        (billing, shop, key) ->
                                billing.units().change(BUYER, UnitChange.add(2).with(key))),
                new ShopCommand(
                        "trials.extend",
                        Situations::trial,
                        (billing, shop, key) ->
                                billing.trials().extend(BUYER, Instant.parse("2027-01-30T00:00:00Z"), key)),
                new ShopCommand(
                        "trials.endNow",
                        Situations::trial,
                        (billing, shop, key) -> billing.trials().endNow(BUYER, key)),
                new ShopCommand(
                        "addOns.add",
                        Situations::pro,
                        (billing, shop, key) -> billing.addOns().add(BUYER, AddOnRequest.of(SUPPORT), key)),
                new ShopCommand(
                        "addOns.remove",
                        Situations::supported,
                        (billing, shop, key) -> billing.addOns().remove(BUYER, SUPPORT, Timing.NOW_PRORATE)),
                new ShopCommand(
                        "quotes.create",
                        Situations::pro,
                        (billing, shop, key) -> billing.quotes()
                                .create(BUYER, QuoteRequest.of(TEAM).withUnits(5), key)),
                new ShopCommand(
                        "quotes.accept",
                        Situations::offered,
                        (billing, shop, key) -> billing.quotes()
                                .accept(
                                        BUYER,
                                        billing.quotes().list(BUYER).get(0).id(),
                                        Quote.At.NOW)),
                new ShopCommand(
                        "checkout.startCardUpdate",
                        Situations::pro,
                        (billing, shop, key) -> billing.checkout().startCardUpdate(BUYER, BACK, BACK)));
    }

    private static String invoice(Billing billing) {
        return billing.invoices()
                .list(BUYER, InvoiceQuery.newest().limit(1))
                .invoices()
                .get(0)
                .id();
    }
}
