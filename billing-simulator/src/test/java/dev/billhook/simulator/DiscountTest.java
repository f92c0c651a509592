package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Discounts on subscriptions, customers and invoices")
class DiscountTest extends ApiTest {

    DiscountTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("C15 C19 a percentage forever reduces every invoice, line by line, and its totals; the preview agrees")
    void forever() {
        String coupon = coupon("percent_off=25.5", "duration=forever");
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(1001),
                "discounts[0][coupon]=" + coupon,
                "expand[]=discounts.source.coupon");
        String discount = subscription.text("/discounts/0/id");
        assertThat(subscription.text("/discounts/0/source/coupon/id")).isEqualTo(coupon);
        assertThat(subscription.text("/discounts/0/subscription")).isEqualTo(subscription.id());
        Answer first = api.get("/v1/invoices/" + subscription.text("/latest_invoice"));
        assertThat(first.number("/subtotal")).isEqualTo(1001);
        assertThat(first.number("/total")).isEqualTo(746);
        assertThat(first.number("/amount_paid")).isEqualTo(746);
        assertThat(first.text("/discounts/0")).isEqualTo(discount);
        assertThat(first.number("/total_discount_amounts/0/amount")).isEqualTo(255);
        assertThat(first.text("/lines/data/0/discount_amounts/0/discount")).isEqualTo(discount);
        assertThat(first.number("/lines/data/0/discount_amounts/0/amount")).isEqualTo(255);
        Answer preview = api.post("/v1/invoices/create_preview", "subscription=" + subscription.id());
        assertThat(preview.number("/total")).isEqualTo(746);
        simulator.advance(Period.ofMonths(1).plusDays(1));
        assertThat(totals(subscription.id())).containsExactly(746L, 746L);
        assertThat(api.get("/v1/coupons/" + coupon).number("/times_redeemed")).isEqualTo(1);
        assertThat(api.eventTypes()).contains("customer.discount.created").doesNotContain("customer.discount.deleted");
    }

    @Test
    @DisplayName("C19 a discount for once reduces the first invoice that costs something, then leaves the subscription")
    void once() {
        String coupon = coupon("amount_off=300", "currency=usd", "duration=once");
        Answer subscription = shop.subscribe(
                shop.customer(), shop.monthly(1000), "discounts[0][coupon]=" + coupon, "trial_period_days=5");
        assertThat(shop.subscription(subscription.id()).body().path("discounts"))
                .hasSize(1);
        assertThat(api.post("/v1/invoices/create_preview", "subscription=" + subscription.id())
                        .number("/total"))
                .isEqualTo(700);
        simulator.advance(Duration.ofDays(6));
        assertThat(shop.subscription(subscription.id()).body().path("discounts"))
                .isEmpty();
        assertThat(api.post("/v1/invoices/create_preview", "subscription=" + subscription.id())
                        .number("/total"))
                .isEqualTo(1000);
        simulator.advance(Period.ofMonths(1).plusDays(1));
        assertThat(totals(subscription.id())).containsExactly(1000L, 700L, 0L);
        assertThat(api.eventTypes()).containsOnlyOnce("customer.discount.deleted");
    }

    @Test
    @DisplayName("C19 a repeating discount ends after its months, also from the 31st")
    void repeating() {
        simulator.advanceTo(java.time.Instant.parse("2030-01-31T12:00:00Z"));
        String coupon = coupon("percent_off=50", "duration=repeating", "duration_in_months=2");
        Answer subscription = shop.subscribe(
                shop.customer(), shop.monthly(1000), "discounts[0][coupon]=" + coupon, "expand[]=discounts");
        assertThat(subscription.number("/discounts/0/end"))
                .isEqualTo(java.time.Instant.parse("2030-03-31T12:00:00Z").getEpochSecond());
        simulator.advance(Period.ofMonths(3));
        assertThat(totals(subscription.id())).endsWith(500L, 500L).startsWith(1000L);
        assertThat(totals(subscription.id())).filteredOn(total -> total == 500).hasSize(2);
        assertThat(shop.subscription(subscription.id()).body().path("discounts"))
                .isEmpty();
    }

    @Test
    @DisplayName("several discounts apply in their order, each to what the ones before it left")
    void inOrder() {
        String ten = coupon("amount_off=1000", "currency=usd", "duration=forever");
        String half = coupon("percent_off=50", "duration=forever");
        String price = shop.monthly(3000);
        String fixedFirst = shop.subscribe(
                        shop.customer(), price, "discounts[0][coupon]=" + ten, "discounts[1][coupon]=" + half)
                .id();
        String halfFirst = shop.subscribe(
                        shop.customer(), price, "discounts[0][coupon]=" + half, "discounts[1][coupon]=" + ten)
                .id();
        assertThat(totals(fixedFirst)).containsExactly(1000L);
        assertThat(totals(halfFirst)).containsExactly(500L);
    }

    @Test
    @DisplayName("a coupon limited to products reduces only their lines, and never below nothing")
    void products() {
        String product = shop.product("Pro");
        String price = api.post(
                        "/v1/prices",
                        "currency=usd",
                        "unit_amount=500",
                        "recurring[interval]=month",
                        "product=" + product)
                .id();
        String coupon = coupon("amount_off=800", "currency=usd", "applies_to[products][0]=" + product);
        Answer subscription = shop.subscribe(
                shop.customer(), price, "items[1][price]=" + shop.monthly(900), "discounts[0][coupon]=" + coupon);
        Answer invoice = api.get("/v1/invoices/" + subscription.text("/latest_invoice"));
        assertThat(invoice.number("/total")).isEqualTo(900);
        assertThat(invoice.number("/lines/data/0/discount_amounts/0/amount")).isEqualTo(500);
        assertThat(invoice.number("/lines/data/1/discount_amounts/0/amount")).isZero();
        assertThat(api.get("/v1/coupons/" + coupon, "expand[]=applies_to").text("/applies_to/products/0"))
                .isEqualTo(product);
    }

    @Test
    @DisplayName("discounts are replaced, kept by id and removed; each change is told")
    void change() {
        String one = coupon("percent_off=10", "duration=forever");
        String two = coupon("percent_off=20", "duration=forever");
        String id = shop.subscribe(shop.customer(), shop.monthly(1000), "discounts[0][coupon]=" + one)
                .id();
        String kept = shop.subscription(id).text("/discounts/0");
        Answer both =
                api.post("/v1/subscriptions/" + id, "discounts[0][discount]=" + kept, "discounts[1][coupon]=" + two);
        assertThat(both.body().path("discounts")).hasSize(2);
        assertThat(both.text("/discounts/0")).isEqualTo(kept);
        assertThat(api.events().get(api.events().size() - 1).at("/data/previous_attributes/discounts"))
                .hasSize(1);
        Answer none = api.post("/v1/subscriptions/" + id, "discounts=");
        assertThat(none.body().path("discounts")).isEmpty();
        assertThat(api.eventTypes().stream().filter("customer.discount.deleted"::equals))
                .hasSize(2);
        api.post("/v1/subscriptions/" + id, "discounts[0][coupon]=" + two);
        Answer deleted = api.delete("/v1/subscriptions/" + id + "/discount");
        assertThat(deleted.text("/object")).isEqualTo("discount");
        assertThat(deleted.body().path("deleted").asBoolean()).isTrue();
        assertThat(api.delete("/v1/subscriptions/" + id + "/discount").status()).isEqualTo(404);
        assertThat(api.post("/v1/subscriptions/" + id, "discounts[0][discount]=di_none")
                        .text("/error/code"))
                .isEqualTo("resource_missing");
    }

    @Test
    @DisplayName("C15 a change in the middle of a discounted period credits only what was paid")
    void proration() {
        simulator.advanceTo(java.time.Instant.parse("2030-04-01T00:00:00Z"));
        String coupon = coupon("percent_off=50", "duration=forever");
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000), "discounts[0][coupon]=" + coupon);
        String item = subscription.text("/items/data/0/id");
        simulator.advance(Duration.ofDays(15));
        Answer preview = api.post(
                "/v1/invoices/create_preview",
                "subscription=" + subscription.id(),
                "subscription_details[items][0][id]=" + item,
                "subscription_details[items][0][price]=" + shop.monthly(3000));
        List<Long> amounts = new ArrayList<>();
        preview.body()
                .at("/lines/data")
                .forEach(line -> amounts.add(line.path("amount").asLong()));
        assertThat(amounts).containsExactly(-250L, 750L, 3000L);
        assertThat(preview.number("/total")).isEqualTo(-250 + 750 + 1500);
    }

    @ParameterizedTest
    @CsvSource({"classic, -750", "flexible, -250"})
    @DisplayName("after a quiet switch classic credits the new price and its discount, flexible what was debited once")
    void quietSwitch(String mode, long credit) {
        simulator.advanceTo(java.time.Instant.parse("2030-04-01T00:00:00Z"));
        String coupon = coupon("percent_off=50", "duration=forever");
        Answer subscription = shop.subscribe(
                shop.customer(), shop.monthly(1000), "discounts[0][coupon]=" + coupon, "billing_mode[type]=" + mode);
        String item = "items[0][id]=" + subscription.text("/items/data/0/id");
        String path = "/v1/subscriptions/" + subscription.id();
        api.post(path, item, "items[0][price]=" + shop.monthly(3000), "proration_behavior=none");
        simulator.advance(Duration.ofDays(15));
        api.post(path, item, "items[0][price]=" + shop.monthly(2000));
        Answer pending = api.get("/v1/invoiceitems", "pending=true");
        assertThat(pending.number("/data/1/amount")).isEqualTo(credit);
        assertThat(pending.number("/data/0/amount")).isEqualTo(500);
    }

    @Test
    @DisplayName("a preview takes discounts that are not given, and keeps nothing")
    void previewOnly() {
        String coupon = coupon("percent_off=10");
        String id = shop.subscribe(shop.customer(), shop.monthly(1000)).id();
        Answer preview =
                api.post("/v1/invoices/create_preview", "subscription=" + id, "discounts[0][coupon]=" + coupon);
        assertThat(preview.number("/total")).isEqualTo(900);
        assertThat(shop.subscription(id).body().path("discounts")).isEmpty();
        assertThat(api.get("/v1/coupons/" + coupon).number("/times_redeemed")).isZero();
    }

    @Test
    @DisplayName("a customer's own discount reduces subscriptions that have none, is shown whole, and can be removed")
    void ofCustomer() {
        String customer = shop.customer();
        simulator.discountCustomer(customer, coupon("percent_off=10", "duration=forever"));
        assertThat(api.get("/v1/customers/" + customer).text("/discount/object"))
                .isEqualTo("discount");
        String plain = shop.subscribe(customer, shop.monthly(1000)).id();
        String half = coupon("percent_off=50", "duration=forever");
        String own = shop.subscribe(customer, shop.monthly(1000), "discounts[0][coupon]=" + half)
                .id();
        assertThat(totals(plain)).containsExactly(900L);
        assertThat(totals(own)).containsExactly(500L);
        assertThat(api.delete("/v1/customers/" + customer + "/discount")
                        .body()
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        assertThat(api.get("/v1/customers/" + customer).body().path("discount").isNull())
                .isTrue();
        assertThat(api.delete("/v1/customers/" + customer + "/discount").status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("C19 what cannot be redeemed is refused with its reason and changes nothing")
    void refusals() {
        String euros = coupon("amount_off=100", "currency=eur");
        String few = coupon("percent_off=10", "max_redemptions=1", "duration=forever");
        String brief = coupon(
                "percent_off=10",
                "redeem_by=" + simulator.now().plus(Duration.ofDays(1)).getEpochSecond());
        String id = shop.subscribe(shop.customer(), shop.monthly(1000), "discounts[0][coupon]=" + few)
                .id();
        simulator.advance(Duration.ofDays(2));
        assertThat(refusal(id, "coupon", few)).isEqualTo("coupon_expired");
        assertThat(refusal(id, "coupon", brief)).isEqualTo("coupon_expired");
        assertThat(refusal(id, "coupon", "none")).isEqualTo("resource_missing");
        assertThat(refusal(id, "promotion_code", "promo_none")).isEqualTo("resource_missing");
        Answer currency = api.post("/v1/subscriptions/" + id, "discounts[0][coupon]=" + euros);
        assertThat(currency.status()).isEqualTo(400);
        assertThat(currency.text("/error/message")).contains("eur").contains("usd");
        assertThat(currency.text("/error/param")).isEqualTo("discounts[0][coupon]");
        assertThat(shop.subscription(id).body().path("discounts")).hasSize(1);
        assertThat(api.get("/v1/coupons/" + few).body().path("valid").asBoolean())
                .isFalse();
    }

    private String refusal(String subscription, String kind, String id) {
        Answer answer = api.post("/v1/subscriptions/" + subscription, "discounts[0][" + kind + "]=" + id);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo("discounts[0][" + kind + "]");
        return answer.text("/error/code");
    }

    private String coupon(String... params) {
        return api.post("/v1/coupons", params).id();
    }

    private List<Long> totals(String subscription) {
        List<Long> totals = new ArrayList<>();
        api.get("/v1/invoices", "subscription=" + subscription, "limit=100")
                .body()
                .path("data")
                .forEach(invoice -> totals.add(invoice.path("total").asLong()));
        return totals;
    }
}
