package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.conversion.ConversionException;
import dev.billhook.error.ProviderException;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.stripe.testing.OtherProgram;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.Timing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C2 Plan changes against a Stripe that remembers")
class PlanChangesTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "42");
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
              storage: {name: Storage, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}, units: {minimum: 2}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}}
              storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 50}}}
            """);
    private static final PlanKey HOBBY = PlanKey.of("hobby-monthly");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey PRO_YEARLY = PlanKey.of("pro-yearly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");

    private final StripeSimulator simulator = StripeSimulator.start();
    private final OtherProgram other = new OtherProgram(simulator);
    private final StripePaymentProvider stripe = StripePaymentProvider.of(StripeConfig.builder()
            .apiKey(simulator.apiKey())
            .withoutWebhooks()
            .apiBase(URI.create(simulator.baseUrl()))
            .build());
    private final List<BillingEvent> events = new CopyOnWriteArrayList<>();
    private final Billing billing = Billing.builder(CATALOG, stripe, InMemoryStores.create(ProviderScope.test()))
            .clock(simulator.instantSource())
            .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, events::add))
            .withoutBackgroundWork()
            .build();
    private final SubscriptionService subscriptions = billing.subscriptions();
    private String customer = "";

    @BeforeEach
    void sell() {
        billing.catalogPublisher().apply();
        billing.accounts().register(ACCOUNT, AccountProfile.ofEmail("ada@example.com"));
        customer = stripe.customers()
                .create(ACCOUNT, RequestKey.random())
                .value()
                .customer()
                .id();
        billing.reconciler().replay();
    }

    @AfterEach
    void close() {
        billing.close();
        simulator.close();
    }

    private Subscription subscribe(String card, String... plans) {
        pay(card);
        StringBuilder form = new StringBuilder("customer=" + customer + "&metadata[billhook_account]=user:42");
        for (int i = 0; i < plans.length; i += 2) {
            form.append("&items[%d][price]=%s&items[%d][quantity]=%s".formatted(i, price(plans[i]), i, plans[i + 1]));
        }
        other.post("/v1/subscriptions", form.toString());
        return synced();
    }

    private void pay(String card) {
        String method = other.post("/v1/payment_methods/" + card + "/attach", "customer=" + customer);
        other.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
    }

    private String price(String plan) {
        String found = other.get("/v1/prices?active=true&lookup_keys[0]=" + plan);
        return found.replaceFirst("(?s).*\"id\"\\s*:\\s*\"(price_[^\"]+)\".*", "$1");
    }

    /** Takes in what happened at Stripe, as far as it was not an answer to a call. */
    private Subscription synced() {
        billing.reconciler().replay();
        while (billing.runDueWork() > 0) {
            // Until nothing is due.
        }
        Subscription mirrored = subscriptions.find(ACCOUNT).orElseThrow();
        assertThat(mirrored)
                .isEqualTo(stripe.subscriptions().fetch(mirrored.id()).value().subscription());
        return mirrored;
    }

    private Subscription renewed(Subscription subscription) {
        simulator.advanceTo(subscription.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        return synced();
    }

    private List<String> told() {
        return events.stream()
                .map(event -> event.getClass().getSimpleName())
                .filter(name -> name.startsWith("Plan") || name.startsWith("Units"))
                .toList();
    }

    private long paid() {
        return events.stream()
                .filter(BillingEvent.InvoicePaid.class::isInstance)
                .mapToLong(
                        event -> ((BillingEvent.InvoicePaid) event).amountPaid().minorUnits())
                .sum();
    }

    private static List<String> lines(Subscription subscription) {
        return subscription.items().stream()
                .map(item -> item.plan() + " × " + item.quantity())
                .sorted()
                .toList();
    }

    @Test
    @DisplayName("C2 an upgrade is had and paid at once")
    void upgrade() {
        subscribe("pm_card_visa", "pro-monthly", "1");

        Subscription upgraded =
                subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(5));
        synced();

        assertThat(lines(upgraded)).containsExactly("team-monthly × 5");
        assertThat(paid()).as("29 for the month, then 60 less the 29").isEqualTo(6000);
        assertThat(told()).containsExactly("PlanChanged");
    }

    @Test
    @DisplayName("C5 an upgrade that is not paid changes nothing, and what was scheduled stays")
    void declined() {
        subscribe("pm_card_visa", "pro-monthly", "1");
        subscriptions.changePlan(ACCOUNT, HOBBY);
        pay("pm_card_chargeCustomerFail");

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() ->
                        subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(5)))
                .satisfies(e -> assertThat(e.category()).isEqualTo(ProviderException.Category.PAYMENT_DECLINED));

        Subscription now = synced();
        assertThat(lines(now)).containsExactly("pro-monthly × 1");
        assertThat(now.scheduledChange().orElseThrow().plans()).containsExactly(HOBBY);
    }

    @Test
    @DisplayName(
            "C2 a downgrade happens when the paid period ends, costs nothing before, and is told when it is scheduled and made")
    void downgrade() {
        Subscription pro = subscribe("pm_card_visa", "pro-monthly", "1");
        Instant renewal = pro.periodEnd().orElseThrow();

        Subscription scheduled = subscriptions.changePlan(ACCOUNT, HOBBY);

        assertThat(lines(scheduled)).containsExactly("pro-monthly × 1");
        assertThat(scheduled.scheduledChange()).hasValueSatisfying(change -> {
            assertThat(change.at()).isEqualTo(renewal);
            assertThat(change.plans()).containsExactly(HOBBY);
        });
        assertThat(synced()).isEqualTo(scheduled);
        Subscription hobby = renewed(scheduled);
        assertThat(lines(hobby)).containsExactly("hobby-monthly × 1");
        assertThat(hobby.scheduledChange()).isEmpty();
        assertThat(renewed(hobby).plans()).containsExactly(HOBBY);
        assertThat(paid()).isEqualTo(2900 + 900 + 900);
        assertThat(told()).containsExactly("PlanChangeScheduled", "PlanChanged");
    }

    @Test
    @DisplayName("C2 a scheduled downgrade can be withdrawn, replaced, and overtaken by an upgrade")
    void changesOfMind() {
        Subscription team = subscribe("pm_card_visa", "team-monthly", "4");
        subscriptions.changePlan(ACCOUNT, PRO);
        subscriptions.changePlan(ACCOUNT, HOBBY);
        assertThat(synced().scheduledChange().orElseThrow().plans()).containsExactly(HOBBY);

        assertThat(subscriptions.withdrawScheduledChange(ACCOUNT).schedule()).isNull();
        Subscription still = renewed(team);
        assertThat(lines(still)).containsExactly("team-monthly × 4");

        subscriptions.changePlan(ACCOUNT, PRO);
        renewed(still);
        subscriptions.changePlan(ACCOUNT, HOBBY);
        Subscription back =
                subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(3));
        assertThat(back.schedule()).isNull();
        assertThat(lines(renewed(back))).containsExactly("team-monthly × 3");
    }

    @Test
    @DisplayName("C22 a year takes the add-ons along, at once and at renewal back to the month")
    void addOns() {
        subscribe("pm_card_visa", "pro-monthly", "1", "storage-monthly", "3");

        Subscription yearly = subscriptions.changePlan(ACCOUNT, PRO_YEARLY);

        assertThat(lines(yearly)).containsExactly("pro-yearly × 1", "storage-yearly × 3");
        assertThat(yearly.items().stream().map(SubscriptionItem::periodEnd).distinct())
                .hasSize(1);
        synced();
        assertThat(paid()).as("the month is credited, the year paid").isEqualTo(29000 + 3 * 5000);

        Subscription scheduled = subscriptions.changePlan(ACCOUNT, PRO);

        assertThat(lines(scheduled)).containsExactly("pro-yearly × 1", "storage-yearly × 3");
        Subscription monthly = renewed(scheduled);
        assertThat(lines(monthly)).containsExactly("pro-monthly × 1", "storage-monthly × 3");
        assertThat(paid()).isEqualTo(29000 + 3 * 5000 + 2900 + 3 * 500);
    }

    @Test
    @DisplayName("C7 a change of units counts for what is scheduled too")
    void units() {
        subscribe("pm_card_visa", "team-monthly", "4", "storage-monthly", "2");
        subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(3).at(Timing.AT_RENEWAL));

        Subscription more = subscriptions.setUnits(ACCOUNT, 6);

        assertThat(lines(more)).containsExactly("storage-monthly × 2", "team-monthly × 6");
        Subscription next = renewed(synced());
        assertThat(lines(next)).containsExactly("storage-monthly × 2", "team-monthly × 6");
    }

    @Test
    @DisplayName("C7 units that are set to what was scheduled leave nothing scheduled")
    void sameUnits() {
        subscribe("pm_card_visa", "team-monthly", "4");
        subscriptions.changePlan(ACCOUNT, PRO);
        assertThat(subscriptions
                        .setUnits(ACCOUNT, 6)
                        .scheduledChange()
                        .orElseThrow()
                        .plans())
                .containsExactly(PRO);
        subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(3).at(Timing.AT_RENEWAL));

        assertThat(subscriptions.setUnits(ACCOUNT, 3).schedule()).isNull();
    }

    @Test
    @DisplayName("C16 a subscription with a scheduled change can be cancelled, and then has no renewal to change at")
    void cancel() {
        Subscription pro = subscribe("pm_card_visa", "pro-monthly", "1");
        subscriptions.changePlan(ACCOUNT, HOBBY);

        Subscription ending = subscriptions.cancel(ACCOUNT, Cancellation.atPeriodEnd());

        assertThat(ending.pendingEnd()).isEqualTo(pro.periodEnd());
        assertThat(synced()).isEqualTo(ending);
        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> subscriptions.changePlan(ACCOUNT, HOBBY))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ConversionException.Reason.ENDING));
        assertThat(subscriptions.uncancel(ACCOUNT).pendingEnd()).isEmpty();
        assertThat(told()).containsExactly("PlanChangeScheduled", "PlanChangeWithdrawn");
    }

    @Test
    @DisplayName("C19 a discount goes on through a change at renewal")
    void discounts() {
        other.post("/v1/coupons", "id=half&percent_off=50&duration=forever");
        Subscription pro = subscribe("pm_card_visa", "pro-monthly", "1");
        other.post("/v1/subscriptions/" + pro.id(), "discounts[0][coupon]=half");
        assertThat(synced().terms().discounts()).extracting("coupon").containsExactly("half");

        Subscription hobby = renewed(subscriptions.changePlan(ACCOUNT, HOBBY));

        assertThat(hobby.terms().discounts()).extracting("coupon").containsExactly("half");
        assertThat(paid()).isEqualTo(2900 + 450);
    }
}
