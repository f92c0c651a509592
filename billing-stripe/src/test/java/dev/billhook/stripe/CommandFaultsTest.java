package dev.billhook.stripe;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.Billing;
import dev.billhook.RequestKey;
import dev.billhook.addon.AddOnRequest;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.coupon.Reduction;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.RefundRequest;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.error.AuthenticationRequiredException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderKeyException;
import dev.billhook.error.ProviderUnavailableException;
import dev.billhook.error.RateLimitedException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.quote.Quote;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.api.Faults;
import dev.billhook.stripe.testing.OneBuyer;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Timing;
import dev.billhook.unit.UnitChange;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command under every fault of the provider. A new command is one more line of {@link #commands}; a new kind of fault one more
 * of {@link #FAULTS}.
 */
@DisplayName("C5 Commands while Stripe fails")
class CommandFaultsTest {
    private static final String CATALOG = """
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
              support: {name: Support, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}, units: {minimum: 2}}
              support-monthly: {product: support, interval: month, pricing: {flat: {usd: 5}}}
            """;
    private static final PlanKey HOBBY = PlanKey.of("hobby-monthly");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final PlanKey SUPPORT = PlanKey.of("support-monthly");
    private static final URI BACK = URI.create("https://shop.example/back");

    private static final Map<Fault, Class<? extends ProviderException>> FAULTS = faults();

    private static Map<Fault, Class<? extends ProviderException>> faults() {
        Map<Fault, Class<? extends ProviderException>> faults = new LinkedHashMap<>();
        faults.put(Fault.error(402).withCode("card_declined"), PaymentDeclinedException.class);
        faults.put(Fault.error(402).withCode("authentication_required"), AuthenticationRequiredException.class);
        faults.put(Fault.rateLimit(), RateLimitedException.class);
        faults.put(Fault.lockTimeout(), RateLimitedException.class);
        faults.put(Fault.error(409), RateLimitedException.class);
        faults.put(Fault.error(400), RequestRefusedException.class);
        faults.put(Fault.error(401), ProviderKeyException.class);
        faults.put(Fault.error(403), ProviderKeyException.class);
        faults.put(Fault.error(500), ProviderUnavailableException.class);
        faults.put(Fault.error(503), ProviderUnavailableException.class);
        faults.put(Fault.dropped(), ProviderUnavailableException.class);
        return faults;
    }

    /** Gives a command to a server of the shop; the key is the same when it is repeated. */
    @FunctionalInterface
    private interface Run {
        void give(Billing billing, OneBuyer shop, RequestKey key);
    }

    /**
     * A command.
     *
     * @param before what must be so that it can be given
     * @param run gives it
     */
    private record Command(String name, Consumer<OneBuyer> before, Run run) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Command> commands() {
        return Stream.of(
                new Command(
                        "subscriptions.cancel at period end",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.subscriptions().cancel(BUYER, Cancellation.atPeriodEnd())),
                new Command(
                        "subscriptions.cancel now",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.subscriptions().cancel(BUYER, Cancellation.now())),
                new Command(
                        "subscriptions.uncancel",
                        CommandFaultsTest::ending,
                        (billing, shop, key) -> billing.subscriptions().uncancel(BUYER)),
                new Command(
                        "subscriptions.pause",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.subscriptions()
                                .pause(BUYER, CollectionPause.with(CollectionPause.Behavior.VOID))),
                new Command(
                        "subscriptions.collectBy",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.subscriptions().collectBy(BUYER, CollectionMethod.invoice(14))),
                new Command(
                        "subscriptions.changePlan now",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.subscriptions()
                                .changePlan(BUYER, PlanChange.to(TEAM).withUnits(5), key)),
                new Command(
                        "subscriptions.changePlan at renewal",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.subscriptions().changePlan(BUYER, PlanChange.to(HOBBY), key)),
                new Command(
                        "subscriptions.confirm",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.subscriptions()
                                .confirm(
                                        BUYER,
                                        shop.once(
                                                "token",
                                                () -> billing.subscriptions()
                                                        .preview(
                                                                BUYER,
                                                                PlanChange.to(TEAM)
                                                                        .withUnits(5))
                                                        .token()))),
                new Command(
                        "subscriptions.withdrawScheduledChange",
                        CommandFaultsTest::changing,
                        (billing, shop, key) -> billing.subscriptions().withdrawScheduledChange(BUYER)),
                new Command(
                        "subscriptions.setUnits",
                        CommandFaultsTest::team,
                        (billing, shop, key) -> billing.subscriptions().setUnits(BUYER, 7)),
                new Command(
                        "checkout.start",
                        shop -> {},
                        (billing, shop, key) -> billing.checkout().start(CheckoutRequest.of(BUYER, PRO, BACK, BACK))),
                new Command(
                        "portal.open",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.portal().open(PortalRequest.home(BUYER, BACK))),
                new Command(
                        "discounts.apply",
                        CommandFaultsTest::proWithCode,
                        (billing, shop, key) -> billing.discounts().apply(BUYER, "TENOFF", key)),
                new Command(
                        "discounts.applyToAll",
                        CommandFaultsTest::proWithCode,
                        (billing, shop, key) -> billing.discounts().applyToAll(BUYER, "TENOFF", key)),
                new Command(
                        "discounts.remove",
                        CommandFaultsTest::discounted,
                        (billing, shop, key) -> billing.discounts()
                                .remove(
                                        BUYER,
                                        billing.discounts().list(BUYER).get(0).id())),
                new Command(
                        "discounts.removeAll",
                        CommandFaultsTest::discounted,
                        (billing, shop, key) -> billing.discounts().removeAll(BUYER)),
                new Command(
                        "discounts.createReferral",
                        shop -> {},
                        (billing, shop, key) ->
                                billing.discounts().createReferral(ReferralRequest.of(Reduction.percent(10)), key)),
                new Command(
                        "invoices.pay",
                        CommandFaultsTest::unpaid,
                        (billing, shop, key) -> billing.invoices().pay(BUYER, invoice(billing), key)),
                new Command(
                        "invoices.markPaid",
                        CommandFaultsTest::unpaid,
                        (billing, shop, key) -> billing.invoices().markPaid(BUYER, invoice(billing))),
                new Command(
                        "invoices.voidInvoice",
                        CommandFaultsTest::unpaid,
                        (billing, shop, key) -> billing.invoices().voidInvoice(BUYER, invoice(billing))),
                new Command(
                        "invoices.credit",
                        CommandFaultsTest::pro,
                        (billing, shop, key) ->
                                billing.invoices().credit(BUYER, CreditNoteRequest.whole(invoice(billing)), key)),
                new Command(
                        "invoices.refund",
                        CommandFaultsTest::pro,
                        (billing, shop, key) ->
                                billing.invoices().refund(BUYER, RefundRequest.whole(invoice(billing)), key)),
                new Command(
                        "subscriptions.cancel now and refund",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.subscriptions()
                                .cancel(
                                        BUYER,
                                        Cancellation.now(Cancellation.Settlement.REFUND),
                                        Cancellation.Why.UNSAID,
                                        key)),
                new Command(
                        "subscriptions.resume",
                        CommandFaultsTest::paused,
                        (billing, shop, key) -> billing.subscriptions().resume(BUYER)),
                new Command(
                        "subscriptions.reactivate",
                        CommandFaultsTest::gone,
                        (billing, shop, key) ->
                                billing.subscriptions().reactivate(BUYER, Reactivation.atOldPrices(), key)),
                new Command(
                        "units.add",
                        CommandFaultsTest::team,
                        (billing, shop, key) ->
                                billing.units().change(BUYER, UnitChange.add(2).with(key))),
                new Command(
                        "trials.extend",
                        CommandFaultsTest::trial,
                        (billing, shop, key) ->
                                billing.trials().extend(BUYER, Instant.parse("2027-01-30T00:00:00Z"), key)),
                new Command(
                        "trials.endNow",
                        CommandFaultsTest::trial,
                        (billing, shop, key) -> billing.trials().endNow(BUYER, key)),
                new Command(
                        "addOns.add",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.addOns().add(BUYER, AddOnRequest.of(SUPPORT), key)),
                new Command(
                        "addOns.remove",
                        CommandFaultsTest::supported,
                        (billing, shop, key) -> billing.addOns().remove(BUYER, SUPPORT, Timing.NOW_PRORATE)),
                new Command(
                        "quotes.create",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.quotes()
                                .create(BUYER, QuoteRequest.of(TEAM).withUnits(5), key)),
                new Command(
                        "quotes.accept",
                        CommandFaultsTest::offered,
                        (billing, shop, key) -> billing.quotes()
                                .accept(
                                        BUYER,
                                        billing.quotes().list(BUYER).get(0).id(),
                                        Quote.At.NOW)),
                new Command(
                        "checkout.startCardUpdate",
                        CommandFaultsTest::pro,
                        (billing, shop, key) -> billing.checkout().startCardUpdate(BUYER, BACK, BACK)));
    }

    private static void paused(OneBuyer shop) {
        pro(shop);
        shop.billing().subscriptions().pause(BUYER, CollectionPause.with(CollectionPause.Behavior.VOID));
    }

    private static void gone(OneBuyer shop) {
        pro(shop);
        shop.billing().subscriptions().cancel(BUYER, Cancellation.now());
    }

    private static void trial(OneBuyer shop) {
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "&trial_period_days=14");
    }

    private static void supported(OneBuyer shop) {
        pro(shop);
        shop.billing().addOns().add(BUYER, SUPPORT, 1);
    }

    private static void offered(OneBuyer shop) {
        pro(shop);
        shop.billing().quotes().create(BUYER, QuoteRequest.of(TEAM).withUnits(5));
    }

    private static void pro(OneBuyer shop) {
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "");
    }

    private static void team(OneBuyer shop) {
        shop.pay("pm_card_visa");
        shop.subscribe("team-monthly", "&items[0][quantity]=3");
    }

    private static void ending(OneBuyer shop) {
        pro(shop);
        shop.billing().subscriptions().cancel(BUYER, Cancellation.atPeriodEnd());
    }

    private static void changing(OneBuyer shop) {
        pro(shop);
        shop.billing().subscriptions().changePlan(BUYER, HOBBY);
    }

    private static void proWithCode(OneBuyer shop) {
        pro(shop);
        shop.post("/v1/coupons", "id=TEN&percent_off=10&duration=forever");
        shop.post("/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=TEN&code=TENOFF");
    }

    private static void discounted(OneBuyer shop) {
        proWithCode(shop);
        shop.billing().discounts().apply(BUYER, "TENOFF");
    }

    private static void unpaid(OneBuyer shop) {
        shop.pay("pm_card_chargeCustomerFail");
        shop.subscribe("pro-monthly", "");
        shop.pay("pm_card_visa");
    }

    private static String invoice(Billing billing) {
        return billing.invoices()
                .list(BUYER, InvoiceQuery.newest().limit(1))
                .invoices()
                .get(0)
                .id();
    }

    @ParameterizedTest(name = "C5 {0}")
    @MethodSource("commands")
    @DisplayName("C5 what Stripe refuses or never gets is told by its type, and changes nothing here or there")
    void refused(Command command) {
        try (OneBuyer shop = ready(command)) {
            List<String> mirror = mirror(shop);
            List<String> stripe = stripe(shop);

            FAULTS.forEach((fault, type) -> {
                failing(shop, fault, command, RequestKey.random(), type);
                assertThat(mirror(shop)).as("the mirror after %s", fault).isEqualTo(mirror);
                shop.sync();
                assertThat(mirror(shop))
                        .as("the mirror in the end, after %s", fault)
                        .isEqualTo(mirror);
                assertThat(stripe(shop)).as("Stripe after %s", fault).isEqualTo(stripe);
                // A change of units whose outcome is not known is made up for by the next one within five minutes.
                shop.advanceTo(shop.simulator().instantSource().instant().plus(Duration.ofMinutes(6)));
            });
        }
    }

    @ParameterizedTest(name = "C5 {0}")
    @MethodSource("commands")
    @DisplayName("C5 what Stripe did although its answer was lost is done once, also when it is asked for again")
    void answerLost(Command command) {
        List<String> once = new ArrayList<>();
        try (OneBuyer shop = ready(command)) {
            command.run().give(shop.billing(), shop, RequestKey.random());
            shop.sync();
            once.addAll(stripe(shop));
        }
        for (Fault fault :
                List.of(Fault.dropped().afterwards(), Fault.error(500).afterwards())) {
            try (OneBuyer shop = ready(command)) {
                List<String> mirror = mirror(shop);
                RequestKey key = RequestKey.random();

                failing(shop, fault, command, key, ProviderUnavailableException.class);
                assertThat(mirror(shop)).as("the mirror after %s", fault).isEqualTo(mirror);

                command.run().give(shop.billing(), shop, key);
                shop.sync();
                assertThat(stripe(shop)).as("Stripe after %s", fault).isEqualTo(once);
            }
        }
    }

    @ParameterizedTest(name = "C5 {0}")
    @MethodSource("commands")
    @DisplayName("C5 what Stripe did although its answer was lost reaches the mirror by itself")
    void nobodyRepeats(Command command) {
        try (OneBuyer shop = ready(command)) {
            failing(
                    shop,
                    Fault.dropped().afterwards(),
                    command,
                    RequestKey.random(),
                    ProviderUnavailableException.class);

            shop.sync();

            assertThat(shop.drifts()).isEmpty();
        }
    }

    private static OneBuyer ready(Command command) {
        OneBuyer shop = new OneBuyer(CATALOG);
        command.before().accept(shop);
        shop.sync();
        return shop;
    }

    /** Writes fail, reading does not. */
    private static void failing(
            OneBuyer shop, Fault fault, Command command, RequestKey key, Class<? extends ProviderException> type) {
        Faults faults = shop.simulator().faults();
        // What was not done is refused again, however often a command tries by itself.
        int requests = fault.done() ? 1 : 100;
        faults.plan(requests, fault.forMethod("POST"));
        faults.plan(requests, fault.forMethod("DELETE"));
        int planned = planned(faults);
        try (Billing server = shop.impatient()) {
            Throwable thrown = catchThrowable(() -> command.run().give(server, shop, key));
            while (planned(faults) == planned && thrown instanceof ProviderUnavailableException) {
                // A lost connection that was not planned: the fault is still to come.
                thrown = catchThrowable(() -> command.run().give(server, shop, key));
            }
            assertThat(thrown).as("%s under %s", command, fault).isInstanceOf(type);
        }
        faults.clear();
    }

    private static int planned(Faults faults) {
        int left = 0;
        for (JsonNode each : faults.describe().path("data")) {
            left += each.path("requests").intValue();
        }
        return left;
    }

    private static List<String> mirror(OneBuyer shop) {
        List<String> all = new ArrayList<>();
        shop.billing().subscriptions().list(BUYER).forEach(each -> all.add(each.toString()));
        all.add(shop.billing().accounts().get(BUYER).customer().toString());
        return all;
    }

    /** What counts of Stripe's objects, without ids. */
    private static List<String> stripe(OneBuyer shop) {
        List<String> all = new ArrayList<>();
        collect(
                shop,
                "/v1/subscriptions?status=all",
                all,
                subscription -> subscription.path("status") + " "
                        + subscription.path("cancel_at") + " trial " + subscription.path("trial_end") + " paused "
                        + subscription.path("pause_collection").path("behavior") + " discounts "
                        + subscription.path("discounts").size()
                        + lines(subscription));
        collect(
                shop,
                "/v1/subscription_schedules",
                all,
                schedule -> schedule.path("status") + " phases "
                        + schedule.path("phases").size());
        collect(
                shop,
                "/v1/invoices",
                all,
                invoice ->
                        invoice.path("status") + " " + invoice.path("total") + " paid " + invoice.path("amount_paid"));
        collect(
                shop,
                "/v1/charges",
                all,
                charge -> charge.path("status") + " " + charge.path("amount") + " refunded "
                        + charge.path("amount_refunded"));
        collect(shop, "/v1/credit_notes", all, note -> note.path("status") + " " + note.path("total"));
        collect(
                shop,
                "/v1/coupons",
                all,
                coupon -> coupon.path("times_redeemed").toString());
        collect(
                shop,
                "/v1/promotion_codes",
                all,
                code -> code.path("times_redeemed").toString());
        collect(
                shop,
                "/v1/checkout/sessions",
                all,
                session -> session.path("status").toString());
        collect(shop, "/v1/quotes", all, quote -> quote.path("status").toString());
        collect(shop, "/v1/customers", all, customer -> customer.path("balance").toString());
        return all;
    }

    private static String lines(JsonNode subscription) {
        StringBuilder lines = new StringBuilder();
        subscription
                .at("/items/data")
                .forEach(item ->
                        lines.append(' ').append(item.at("/price/lookup_key")).append(item.path("quantity")));
        return lines.toString();
    }

    private static void collect(OneBuyer shop, String path, List<String> all, Function<JsonNode, String> fact) {
        List<String> facts = new ArrayList<>();
        shop.get(path).path("data").forEach(each -> facts.add(path + ": " + fact.apply(each)));
        facts.stream().sorted().forEach(all::add);
    }
}
