package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.Tier;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.catalog.sync.CatalogChange;
import dev.billhook.catalog.sync.CatalogDiff;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.checkout.PortalRequest.After;
import dev.billhook.conversion.ItemChange;
import dev.billhook.error.ProviderException;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.provider.CheckoutGateway.Line;
import dev.billhook.spi.provider.CheckoutGateway.Order;
import dev.billhook.spi.provider.CheckoutGateway.Session;
import dev.billhook.spi.provider.PortalGateway.Errand;
import dev.billhook.spi.provider.PortalGateway.Visit;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.transport.StripeApi;
import dev.billhook.stripe.testing.OtherProgram;
import dev.billhook.stripe.testing.Plans;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Against a Stripe that remembers")
class SimulatorTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "42");
    private static final URI HOME = URI.create("https://app.example/");

    @AutoClose
    private final StripeSimulator simulator = StripeSimulator.start();

    private final StripePaymentProvider stripe = StripePaymentProvider.of(StripeConfig.builder()
            .apiKey(simulator.apiKey())
            .withoutWebhooks()
            .apiBase(URI.create(simulator.baseUrl()))
            .build());

    private final OtherProgram other = new OtherProgram(simulator);

    private static Catalog catalog() {
        Tier first = new Tier(10L, new BigDecimal("500"), 1000);
        Tier second = new Tier(100L, new BigDecimal("399.5"), 0);
        Tier rest = new Tier(null, new BigDecimal("0.000000000001"), 0);
        Tier yen = new Tier(null, new BigDecimal("100"), 0);
        Product other = new Product("team", "Team", null, 30, Set.of(), Map.of());
        return Catalog.of(List.of(
                Plans.monthly("flat", flat()),
                Plans.monthly("free", new Pricing.Flat(Map.of(Plans.USD, 0L))),
                Plans.monthly("per-unit", new Pricing.PerUnit(Map.of(Plans.EUR, 1200L, Plans.USD, 1300L))),
                Plans.monthly("graduated", new Pricing.Graduated(Map.of(Plans.USD, List.of(first, second, rest)))),
                Plans.monthly(
                        "volume", new Pricing.Volume(Map.of(Plans.USD, List.of(first, rest), Plans.JPY, List.of(yen)))),
                Plans.monthly(
                        "metered",
                        new Pricing.Metered(
                                "api_calls", Map.of(Plans.EUR, new BigDecimal("0.2"), Plans.USD, BigDecimal.TEN))),
                Plans.lifetime(),
                new Plan(
                        PlanKey.of("team-quarterly"),
                        other,
                        new BillingInterval(BillingInterval.Unit.MONTH, 3),
                        new Pricing.PerUnit(Map.of(Plans.EUR, 2800L, Plans.USD, 3000L)),
                        null,
                        UnitTerms.ANY)));
    }

    private static Pricing flat() {
        Map<Currency, Long> amounts = Plans.inOrder(Plans.USD, 2900L, Plans.JPY, 4500L);
        amounts.put(Plans.KWD, 9125L);
        return new Pricing.Flat(amounts);
    }

    private CatalogDiff apply(Catalog catalog) {
        CatalogDiff diff = CatalogDiff.between(catalog, stripe.catalog().published());
        for (CatalogChange change : diff.changes()) {
            RequestKey key = RequestKey.random();
            if (change instanceof CatalogChange.CreateProduct create) {
                stripe.catalog().createProduct(create.product(), key);
            } else if (change instanceof CatalogChange.UpdateProduct update) {
                stripe.catalog().updateProduct(update.product(), key);
            } else if (change instanceof CatalogChange.CreatePrice create) {
                stripe.catalog().createPrice(create.plan(), key);
            } else if (change instanceof CatalogChange.ReplacePrice replace) {
                stripe.catalog().createPrice(replace.plan(), key);
            }
        }
        return diff;
    }

    private String elsewhere(String path, String form) {
        return other.post(path, form);
    }

    private String customer() {
        return stripe.customers()
                .create(ACCOUNT, RequestKey.random())
                .value()
                .customer()
                .id();
    }

    private String priceOf(String plan) {
        return new PriceLookup(StripeApi.connect(
                        simulator.apiKey(),
                        URI.create(simulator.baseUrl()),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        0))
                .get(PlanKey.of(plan))
                .id();
    }

    private Subscription subscribe(String plan, long quantity) {
        String customer = customer();
        String method = elsewhere("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer);
        String id = elsewhere(
                "/v1/subscriptions",
                "customer=%s&default_payment_method=%s&items[0][price]=%s&items[0][quantity]=%d&metadata[billhook_account]=user:42"
                        .formatted(customer, method, priceOf(plan), quantity));
        return stripe.subscriptions().fetch(id).value().subscription();
    }

    @Test
    @DisplayName("D6 a catalog that was applied differs in nothing, whatever its pricing and currencies")
    void catalogRoundTrip() {
        assertThat(apply(catalog()).changes()).hasSize(10);
        assertThat(apply(catalog()).describe()).isEmpty();
    }

    @Test
    @DisplayName("D6 a renamed product is updated and a dropped description cleared")
    void updateProduct() {
        apply(catalog());
        Product renamed = new Product("pro", "Professional", null, 20, Set.of(), Map.of());
        Plan plan = new Plan(PlanKey.of("flat"), renamed, BillingInterval.MONTHLY, flat(), null, UnitTerms.ANY);
        assertThat(apply(Catalog.of(List.of(plan))).describe()).startsWith("~ product pro");
        assertThat(apply(Catalog.of(List.of(plan))).empty()).isTrue();
    }

    @Test
    @DisplayName("B4 a price change makes a new price, and who pays the old one is still on the plan")
    void grandfathered() {
        apply(catalog());
        Subscription before = subscribe("per-unit", 2);
        Plan dearer = Plans.monthly("per-unit", new Pricing.PerUnit(Map.of(Plans.EUR, 1500L, Plans.USD, 1600L)));

        assertThat(apply(Catalog.of(List.of(dearer))).changes()).hasSize(1);

        assertThat(apply(Catalog.of(List.of(dearer))).empty()).isTrue();
        SubscriptionItem item = before.items().get(0);
        assertThat(priceOf("per-unit")).isNotEqualTo(item.priceId());
        assertThat(stripe.subscriptions()
                        .fetch(before.id())
                        .value()
                        .subscription()
                        .items())
                .containsExactly(item);
        assertThat(item.plan()).isEqualTo(PlanKey.of("per-unit"));
    }

    @Test
    @DisplayName("D6 a lookup key of a price somebody else made is not taken away")
    void foreignLookupKey() {
        String product = elsewhere("/v1/products", "name=Handmade");
        elsewhere("/v1/prices", "currency=usd&unit_amount=1&lookup_key=lifetime&product=" + product);
        stripe.catalog().createProduct(Plans.PRO, RequestKey.random());
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> stripe.catalog().createPrice(Plans.lifetime(), RequestKey.random()))
                .withMessageContaining("'lifetime'")
                .withMessageContaining("billhook_plan=lifetime");
    }

    @Test
    @DisplayName("D6 an archived product is made anew")
    void archived() {
        apply(Catalog.of(List.of(Plans.lifetime())));
        stripe.catalog().createProduct(Plans.PRO, RequestKey.random());
        assertThat(stripe.catalog().published().products()).hasSize(1);
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> stripe.catalog()
                        .updateProduct(new Product("gone", "Gone", null, 1, Set.of(), Map.of()), RequestKey.random()))
                .withMessageContaining("billhook_product=gone");
    }

    @Test
    @DisplayName("B9 thirty-two racing calls with one key make one customer")
    void race() throws Exception {
        RequestKey key = new RequestKey("customer-of-user-42");
        ExecutorService threads = Executors.newFixedThreadPool(32);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<String>> made = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            made.add(threads.submit(() -> {
                start.await();
                return stripe.customers()
                        .create(ACCOUNT, key)
                        .value()
                        .customer()
                        .id();
            }));
        }
        start.countDown();
        Set<String> ids = new HashSet<>();
        for (Future<String> id : made) {
            ids.add(id.get());
        }
        threads.shutdownNow();
        assertThat(ids).hasSize(1);
    }

    @Test
    @DisplayName("C5 a key that is used for other values is refused")
    void keyConflict() {
        RequestKey key = RequestKey.random();
        stripe.customers().create(ACCOUNT, key);
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> stripe.customers().create(AccountRef.of("user", "43"), key))
                .satisfies(e -> assertThat(e.category()).isEqualTo(ProviderException.Category.IDEMPOTENCY_CONFLICT));
    }

    @Test
    @DisplayName("C18 a customer tells its payment method, and that it was deleted")
    void customers() {
        String id = customer();
        String method = elsewhere("/v1/payment_methods/pm_card_visa/attach", "customer=" + id);
        elsewhere("/v1/customers/" + id, "invoice_settings[default_payment_method]=" + method);
        assertThat(stripe.customers()
                        .update(id, new AccountProfile("a@example.com", "Ann"), RequestKey.random())
                        .value()
                        .customer()
                        .defaultPaymentMethod())
                .satisfies(card -> assertThat(card.lastFour()).isEqualTo("4242"));
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> stripe.customers().fetch("cus_unknown"))
                .satisfies(e -> assertThat(e.category()).isEqualTo(ProviderException.Category.NOT_FOUND));
    }

    @Test
    @DisplayName("B6, B7 a page is opened, told and stopped once")
    void checkout() {
        apply(catalog());
        Plan plan = Plans.monthly("flat", new Pricing.Flat(Map.of(Plans.USD, 2900L)));
        Plan trial = new Plan(
                plan.key(), plan.product(), plan.interval(), plan.pricing(), new TrialTerms(14, false), plan.units());
        Plan withFee = new Plan(
                plan.key(),
                plan.product(),
                plan.interval(),
                plan.pricing(),
                null,
                plan.units(),
                Plans.lifetime().key());
        String customer = customer();
        for (Plan bought : List.of(plan, trial, withFee, Plans.lifetime())) {
            CheckoutRequest request = CheckoutRequest.of(ACCOUNT, bought.key(), HOME, HOME);
            Order order = new Order(request, new Line(bought, 1), List.of(), bought.trial());
            Session open = stripe.checkout().open(customer, order, RequestKey.random());
            assertThat(open.status()).isEqualTo(CheckoutStatus.OPEN);
            assertThat(open.url()).isNotNull();
            assertThat(stripe.checkout().fetch(open.id())).isEqualTo(open);
            assertThat(stripe.checkout().expire(open.id(), RequestKey.random()).status())
                    .isEqualTo(CheckoutStatus.EXPIRED);
            assertThat(stripe.checkout().expire(open.id(), RequestKey.random()).status())
                    .isEqualTo(CheckoutStatus.EXPIRED);
        }
    }

    @Test
    @DisplayName("B1 the portal opens on every page")
    void portal() {
        apply(catalog());
        Subscription subscription = subscribe("per-unit", 1);
        String customer =
                stripe.subscriptions().fetch(subscription.id()).value().customerId();
        String id = subscription.id();
        for (Errand errand : List.of(
                new Errand.Home(),
                new Errand.UpdatePaymentMethod(),
                new Errand.SwitchPlan(id),
                new Errand.Cancel(id, null),
                new Errand.ConfirmPlan(id, subscription.items().get(0).id(), null, 2))) {
            Visit visit = new Visit(HOME, errand, new After.Confirmation("Done."), false);
            assertThat(stripe.portal().open(customer, visit, RequestKey.random()))
                    .asString()
                    .startsWith(simulator.baseUrl());
        }
    }

    @Test
    @DisplayName("C2, C7 lines change plan and quantity")
    void changeItems() {
        apply(catalog());
        Subscription subscription = subscribe("per-unit", 2);
        SubscriptionGateway gateway = stripe.subscriptions();
        String item = subscription.items().get(0).id();

        Subscription more = gateway.changeItems(
                        subscription.id(),
                        List.of(new ItemChange.SetQuantity(item, 5)),
                        Timing.NOW_PRORATE,
                        RequestKey.random())
                .value()
                .subscription();
        assertThat(more.items().get(0).quantity()).isEqualTo(5);

        Subscription moved = gateway.changeItems(
                        subscription.id(),
                        List.of(new ItemChange.Replace(item, PlanKey.of("team-quarterly"), 4)),
                        Timing.NOW_WITHOUT_PRORATION,
                        RequestKey.random())
                .value()
                .subscription();
        assertThat(moved.plans()).containsExactly(PlanKey.of("team-quarterly"));
        assertThat(moved.items().get(0).quantity()).isEqualTo(4);
    }

    @Test
    @DisplayName("C16 a cancellation is made, withdrawn and made again, each way")
    void cancel() {
        apply(catalog());
        Subscription subscription = subscribe("per-unit", 1);
        String id = subscription.id();
        SubscriptionGateway gateway = stripe.subscriptions();
        Instant date = simulator.now().plus(Duration.ofDays(400));

        Subscription ending = gateway.cancel(id, Cancellation.atPeriodEnd(), RequestKey.random())
                .value()
                .subscription();
        assertThat(ending.pendingEnd()).isEqualTo(subscription.periodEnd());
        assertThat(gateway.uncancel(id, RequestKey.random())
                        .value()
                        .subscription()
                        .pendingEnd())
                .isEmpty();

        ending = gateway.cancel(id, Cancellation.at(date), RequestKey.random())
                .value()
                .subscription();
        assertThat(ending.pendingEnd()).contains(date);
        assertThat(gateway.uncancel(id, RequestKey.random())
                        .value()
                        .subscription()
                        .pendingEnd())
                .isEmpty();

        Subscription ended = gateway.cancel(id, Cancellation.now(), RequestKey.random())
                .value()
                .subscription();
        assertThat(ended.status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(gateway.cancel(id, Cancellation.now(), RequestKey.random())
                        .value()
                        .subscription())
                .isEqualTo(ended);
    }
}
