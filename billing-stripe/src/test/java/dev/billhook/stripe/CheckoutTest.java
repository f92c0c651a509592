package dev.billhook.stripe;

import static dev.billhook.stripe.testing.MirroredShop.ADA;
import static dev.billhook.stripe.testing.MirroredShop.CANCEL;
import static dev.billhook.stripe.testing.MirroredShop.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutRequestBuilder;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.entitlement.AccessState;
import dev.billhook.stripe.testing.MirroredShop;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B6 B7 B9 Checkout against a Stripe that remembers")
class CheckoutTest {
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");

    @AutoClose
    private final MirroredShop shop = MirroredShop.of(ADA);

    private Checkout start(PlanKey plan, UnaryOperator<CheckoutRequestBuilder> wishes) {
        return shop.billing()
                .checkout()
                .start(wishes.apply(CheckoutRequest.builder(ADA, plan, SUCCESS, CANCEL))
                        .build());
    }

    private JsonNode session(Checkout checkout) {
        return shop.get("/v1/checkout/sessions/" + checkout.id() + "?expand%5B%5D=line_items");
    }

    private Subscription mirrored() {
        return shop.billing().subscriptions().find(ADA).orElseThrow();
    }

    @Test
    @DisplayName("B6 every option of a request reaches the page")
    void options() {
        JsonNode page = session(start(
                TEAM,
                request -> request.units(3)
                        .adjustableUnits(1, 20)
                        .trial(new TrialTerms(7, false))
                        .promotionCodesAtPage()
                        .currency(Currency.getInstance("USD"))
                        .locale(Locale.forLanguageTag("pt-BR-x-shop"))
                        .automaticTax()
                        .taxId()
                        .billingAddress()
                        .termsConsent()
                        .clientReference("order-7")
                        .metadata("campaign", "spring")));

        assertThat(page.at("/line_items/data/0/quantity").longValue()).isEqualTo(3);
        assertThat(page.at("/line_items/data/0/adjustable_quantity/maximum").longValue())
                .isEqualTo(20);
        assertThat(page.path("amount_total").longValue()).isZero();
        assertThat(page.path("payment_method_collection").textValue()).isEqualTo("if_required");
        assertThat(page.path("allow_promotion_codes").booleanValue()).isTrue();
        assertThat(page.path("currency").textValue()).isEqualTo("usd");
        assertThat(page.path("locale").textValue()).isEqualTo("pt-BR");
        assertThat(page.at("/automatic_tax/enabled").booleanValue()).isTrue();
        assertThat(page.at("/tax_id_collection/enabled").booleanValue()).isTrue();
        assertThat(page.path("billing_address_collection").textValue()).isEqualTo("required");
        assertThat(page.at("/consent_collection/terms_of_service").textValue()).isEqualTo("required");
        assertThat(page.path("client_reference_id").textValue()).isEqualTo("order-7");
        assertThat(page.at("/metadata/campaign").textValue()).isEqualTo("spring");
        assertThat(page.at("/metadata/billhook_account").textValue()).isEqualTo(ADA.toString());
        assertThat(page.path("success_url").textValue()).isEqualTo(SUCCESS.toString());
    }

    @Test
    @DisplayName("B6 without options the page asks for nothing the payment does not need; the customer is filled in")
    void plain() {
        JsonNode page = session(start(PRO, request -> request));

        assertThat(page.path("locale").isNull()).isTrue();
        assertThat(page.path("allow_promotion_codes").asBoolean()).isFalse();
        assertThat(page.at("/automatic_tax/enabled").booleanValue()).isFalse();
        assertThat(page.path("client_reference_id").textValue()).isEqualTo(ADA.toString());
        JsonNode customer = shop.get("/v1/customers/" + page.path("customer").textValue());
        assertThat(customer.path("email").textValue()).isEqualTo("ada@example.com");
        assertThat(customer.path("name").textValue()).isEqualTo("Ada");
    }

    @Test
    @DisplayName("B6 C19 a coupon and a promotion code are preset, an unknown one is not found")
    void discounts() {
        shop.post("/v1/coupons", "id=TEN", "percent_off=10", "duration=forever");
        shop.post("/v1/promotion_codes", "promotion[type]=coupon", "promotion[coupon]=TEN", "code=SPRING");

        assertThat(session(start(PRO, request -> request.coupon("TEN")))
                        .path("amount_total")
                        .longValue())
                .isEqualTo(2610);
        assertThat(session(start(PRO, request -> request.promotionCode("spring")))
                        .path("amount_total")
                        .longValue())
                .isEqualTo(2610);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> start(PRO, request -> request.promotionCode("SUMMER")))
                .withMessageContaining("SUMMER");
        assertThat(start(PRO, request -> request).status()).isEqualTo(CheckoutStatus.OPEN);
    }

    @Test
    @DisplayName("C9 a trial of the request's own, and the host's notes, are the subscription's")
    void trial() {
        Checkout page =
                start(PRO, request -> request.trial(new TrialTerms(7, true)).metadata("campaign", "spring"));

        shop.pay(page.id());

        Subscription bought = mirrored();
        assertThat(bought.status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(bought.trialEnd()).isEqualTo(bought.createdAt().plus(Duration.ofDays(7)));
        assertThat(shop.get("/v1/subscriptions/" + bought.id())
                        .at("/metadata/campaign")
                        .textValue())
                .isEqualTo("spring");
    }

    @Test
    @DisplayName("B9 two servers that open different pages at the same moment leave one that can be paid")
    void differentAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Callable<Boolean>> buyers = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            int units = i;
            buyers.add(() -> {
                try {
                    start(TEAM, request -> request.units(units));
                    return true;
                } catch (InvalidStateException overtaken) {
                    return false;
                }
            });
        }
        try {
            List<Boolean> served = new ArrayList<>();
            for (Future<Boolean> buyer : threads.invokeAll(buyers)) {
                served.add(buyer.get());
            }
            assertThat(served).contains(true);
        } finally {
            threads.shutdownNow();
        }
        JsonNode open = shop.get("/v1/checkout/sessions?status=open").path("data");
        assertThat(open).hasSize(1);
        assertThat(shop.get("/v1/customers").path("data")).hasSize(1);
        assertThat(shop.billing().checkout().confirmReturn(ADA).orElseThrow().id())
                .isEqualTo(open.get(0).path("id").textValue());
    }

    @Test
    @DisplayName("B7 the browser comes back before, while and after the webhook comes: one subscription, told once")
    void returns() throws Exception {
        Checkout page = start(PRO, request -> request);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<CheckoutStatus> back = () ->
                    shop.billing().checkout().confirmReturn(ADA).orElseThrow().status();
            Future<?> paid = threads.submit(() -> shop.pay(page.id()));
            CheckoutStatus latest = CheckoutStatus.OPEN;
            while (!paid.isDone()) {
                for (Future<CheckoutStatus> each : threads.invokeAll(List.of(back, back, back))) {
                    assertThat(each.get()).isIn(latest, CheckoutStatus.COMPLETE);
                }
                latest = back.call();
            }
            paid.get();
            assertThat(back.call()).isEqualTo(CheckoutStatus.COMPLETE);
        } finally {
            threads.shutdownNow();
        }
        assertThat(shop.billing().entitlements().resolve(ADA).state()).isEqualTo(AccessState.ACTIVE);
        assertThat(shop.kinds(ADA)).containsEntry("SubscriptionActivated", 1L);
        assertThat(shop.drift().drifts()).isEmpty();
    }

    @Test
    @DisplayName("B6 C18 a card left at the page pays from then on, whether webhook or browser is first")
    void cardUpdate() {
        shop.pay(start(PRO, request -> request).id());
        for (boolean browserFirst : new boolean[] {true, false}) {
            Checkout visit = shop.billing().checkout().startCardUpdate(ADA, SUCCESS, CANCEL);
            assertThat(session(visit).path("mode").textValue()).isEqualTo("setup");
            shop.leaveCard(visit.id(), "5555555555554444");
            if (browserFirst) {
                assertThat(shop.billing()
                                .checkout()
                                .confirmReturn(ADA)
                                .orElseThrow()
                                .status())
                        .isEqualTo(CheckoutStatus.COMPLETE);
            }
            shop.settle();

            String intent = session(visit).path("setup_intent").textValue();
            String card = shop.get("/v1/setup_intents/" + intent)
                    .path("payment_method")
                    .textValue();
            assertThat(shop.billing()
                            .accounts()
                            .get(ADA)
                            .customer()
                            .defaultPaymentMethod()
                            .id())
                    .isEqualTo(card);
            assertThat(shop.billing()
                            .accounts()
                            .get(ADA)
                            .customer()
                            .defaultPaymentMethod()
                            .lastFour())
                    .isEqualTo("4444");
            assertThat(shop.get("/v1/subscriptions/" + mirrored().id())
                            .path("default_payment_method")
                            .textValue())
                    .isEqualTo(card);
        }
        shop.advance(Duration.ofDays(32));
        assertThat(mirrored().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.drift().drifts()).isEmpty();
    }
}
