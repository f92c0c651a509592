package dev.billhook.stripe;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.NotFoundException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.account.BillingDetail;
import dev.billhook.account.PaymentMethod;
import dev.billhook.event.BillingEvent;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.OneBuyer;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C18 Payment methods against a Stripe that remembers")
class PaymentMethodsTest {
    private static final String CATALOG = """
            products: {pro: {name: Pro, tier: 20}}
            plans: {pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}}
            """;

    @AutoClose
    private final OneBuyer shop = new OneBuyer(
            CATALOG, builder -> builder.requiredDetails(EnumSet.complementOf(EnumSet.of(BillingDetail.PHONE))));

    private final AccountService accounts = shop.billing().accounts();

    private String attached(String card) {
        return shop.post("/v1/payment_methods/" + card + "/attach", "customer=" + shop.customer());
    }

    private void customer(String form) {
        shop.post("/v1/customers/" + shop.customer(), form);
    }

    private String brand() {
        shop.sync();
        return accounts.paymentMethod(BUYER).map(PaymentMethod::brand).orElse("none");
    }

    @Test
    @DisplayName("C18 brand, last four digits and expiry are known, and nothing before there is one")
    void known() {
        assertThat(accounts.paymentMethod(BUYER)).isEmpty();
        shop.pay("pm_card_visa");
        shop.sync();

        PaymentMethod card = accounts.paymentMethod(BUYER).orElseThrow();

        assertThat(card.type()).isEqualTo("card");
        assertThat(card.brand()).isEqualTo("visa");
        assertThat(card.lastFour()).isEqualTo("4242");
        assertThat(card.lastMonth()).isPresent();
    }

    @Test
    @DisplayName("C18 B8 a subscription's own card, as Checkout sets it, goes before the customer's")
    void ownCard() {
        shop.pay("pm_card_visa");
        assertThat(brand()).isEqualTo("visa");
        Subscription made = shop.subscribe("pro-monthly", "&default_payment_method=" + attached("pm_card_mastercard"));

        assertThat(made.paymentMethod()).isNotNull();
        assertThat(brand()).isEqualTo("mastercard");
        shop.post("/v1/subscriptions/" + made.id(), "default_payment_method=" + attached("pm_card_amex"));
        assertThat(brand()).isEqualTo("amex");
        assertThat(shop.told(BillingEvent.PaymentMethodChanged.class))
                .extracting(changed -> String.valueOf(
                        changed.paymentMethod() == null
                                ? null
                                : changed.paymentMethod().brand()))
                .containsExactly("visa", "mastercard", "amex");
    }

    @Test
    @DisplayName("C18 B8 a subscription's own card is read when it is first seen, and not again with every event")
    void readOnce() {
        Subscription made = shop.subscribe("pro-monthly", "&default_payment_method=" + attached("pm_card_mastercard"));
        shop.simulator().advance(Duration.ofMinutes(1));
        shop.post("/v1/subscriptions/" + made.id(), "cancel_at_period_end=true");
        shop.simulator().faults().plan(100, Fault.error(500).forMethod("GET").forPath("/v1/subscriptions"));

        shop.billing().reconciler().replay();
        shop.billing().runDueWork();

        assertThat(shop.stored(made.id()).cancelAtPeriodEnd()).isTrue();
        assertThat(accounts.paymentMethod(BUYER).orElseThrow().brand()).isEqualTo("mastercard");
    }

    @Test
    @DisplayName(
            "C18 B8 a change of the subscription's own card reaches the mirror, though no event of the subscription tells it")
    void renewedOwnCard() {
        String own = attached("pm_card_mastercard");
        shop.subscribe("pro-monthly", "&default_payment_method=" + own);

        shop.post("/v1/payment_methods/" + own, "card[exp_month]=2&card[exp_year]=2041");
        shop.sync();

        assertThat(accounts.paymentMethod(BUYER).orElseThrow().lastMonth()).hasToString("Optional[2041-02]");
        assertThat(shop.drifts()).isEmpty();
    }

    @Test
    @DisplayName("C18 an ended subscription's card does not count, the customer's does")
    void ended() {
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "&default_payment_method=" + attached("pm_card_mastercard"));

        Subscription ended = shop.billing().subscriptions().cancel(BUYER, Cancellation.now());

        assertThat(ended.paymentMethod()).isNull();
        assertThat(brand()).isEqualTo("visa");
    }

    @Test
    @DisplayName("C18 a card is good until the end of its month")
    void expiry() {
        PaymentMethod card = new PaymentMethod("pm_1", "card", "visa", "4242", 2, 2027);

        assertThat(card.expiredAt(Instant.parse("2027-02-28T23:59:59Z"))).isFalse();
        assertThat(card.expiredAt(Instant.parse("2027-03-01T00:00:00Z"))).isTrue();
        assertThat(new PaymentMethod("pm_1", "sepa_debit", null, "3000", null, null).expiredAt(Instant.MAX))
                .isFalse();
    }

    @Test
    @DisplayName("C18 what is missing of the required details is named, until all are there")
    void missingDetails() {
        Instant now = shop.simulator().now();
        assertThat(accounts.missingDetails(BUYER, now))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(BillingDetail.PHONE)));

        customer("name=Ada&email=ada@example.com&address[country]=DE&address[city]=Berlin");
        shop.pay("pm_card_visa");
        shop.sync();
        assertThat(accounts.missingDetails(BUYER, now))
                .containsExactlyInAnyOrder(BillingDetail.POSTAL_CODE, BillingDetail.STREET, BillingDetail.TAX_ID);

        customer("address[country]=DE&address[city]=Berlin&address[postal_code]=10115&address[line1]=Allee%201");
        shop.post("/v1/customers/" + shop.customer() + "/tax_ids", "type=eu_vat&value=DE123456789");
        assertThat(accounts.missingDetails(BUYER, now)).isEmpty();
    }

    @Test
    @DisplayName(
            "C18 a trial that is about to convert is checked for its own end: a card that expires before is missing")
    void beforeTheTrialConverts() {
        String card = shop.pay("pm_card_visa");
        shop.post("/v1/payment_methods/" + card, "card[exp_month]=1&card[exp_year]=2027");
        Subscription trial = shop.subscribe("pro-monthly", "&trial_period_days=25");
        Instant end = trial.trialEnd();
        assertThat(end).isEqualTo("2027-02-04T10:00:00Z");

        shop.advanceTo(end.minus(Duration.ofDays(2)));

        List<BillingEvent.TrialEnding> told = shop.told(BillingEvent.TrialEnding.class);
        assertThat(told).hasSize(1);
        assertThat(accounts.missingDetails(told.get(0).account(), told.get(0).trialEnd()))
                .contains(BillingDetail.PAYMENT_METHOD);
        shop.post("/v1/payment_methods/" + card, "card[exp_month]=12&card[exp_year]=2040");
        shop.sync();
        assertThat(accounts.missingDetails(BUYER, end)).doesNotContain(BillingDetail.PAYMENT_METHOD);
    }

    @Test
    @DisplayName("C18 who has no customer yet has told nothing; who is not registered is not known")
    void noCustomer() {
        AccountRef other = AccountRef.of("user", "7");
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> accounts.paymentMethod(other));
        accounts.register(other, AccountProfile.ofEmail("7@example.com"));

        assertThat(accounts.paymentMethod(other)).isEmpty();
        assertThat(accounts.missingDetails(other, shop.simulator().now()))
                .contains(BillingDetail.PAYMENT_METHOD, BillingDetail.EMAIL);
    }

    @Test
    @DisplayName("C18 unless told otherwise a payment method is all that is required, and nobody is asked for it")
    void standard() {
        try (OneBuyer plain = new OneBuyer(CATALOG)) {
            plain.simulator().faults().plan(1, Fault.error(500));
            assertThat(plain.billing()
                            .accounts()
                            .missingDetails(BUYER, plain.simulator().now()))
                    .isEqualTo(Set.of(BillingDetail.PAYMENT_METHOD));
        }
    }
}
