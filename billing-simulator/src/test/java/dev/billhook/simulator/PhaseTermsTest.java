package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What phases of schedules say of discounts and taxes")
class PhaseTermsTest extends OwnSimulatorTest {
    private static final String SCHEDULES = "/v1/subscription_schedules";

    private String customer;
    private String rate;

    PhaseTermsTest() {
        super(StripeSimulator.builder().startAt(Instant.parse("2027-01-31T10:00:00Z")));
    }

    @BeforeEach
    void prepare() {
        customer = shop.customer();
        rate = api.post("/v1/tax_rates", "display_name=VAT", "percentage=10", "inclusive=false")
                .id();
    }

    @Test
    @DisplayName("C14 a price and a tax rate that were archived after a phase was planned still hold in it")
    void archived() {
        String later = shop.monthly(3000);
        Answer schedule = create(
                "phases[0][items][0][price]=" + shop.monthly(1000),
                "phases[1][items][0][price]=" + later,
                "phases[1][default_tax_rates][0]=" + rate);
        assertThat(schedule.text("/phases/1/default_tax_rates/0/display_name")).isEqualTo("VAT");
        api.post("/v1/tax_rates/" + rate, "active=false");
        api.post("/v1/prices/" + later, "active=false");
        simulator.advanceTo(Instant.parse("2027-02-28T12:00:00Z"));
        assertThat(newestInvoice(schedule).number("/amount_paid")).isEqualTo(3300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first_time_transaction", "minimum_amount", "deleted", "used_up"})
    @DisplayName("C14 a discount that cannot be redeemed any more when its phase begins discounts nothing")
    void discountRunOut(String why) {
        String coupon = api.post("/v1/coupons", "percent_off=50", "duration=forever", "max_redemptions=1")
                .id();
        List<String> params = new ArrayList<>(List.of("promotion[type]=coupon", "promotion[coupon]=" + coupon));
        if ("first_time_transaction".equals(why)) {
            params.add("restrictions[first_time_transaction]=true");
        }
        if ("minimum_amount".equals(why)) {
            params.addAll(List.of("restrictions[minimum_amount]=5000", "restrictions[minimum_amount_currency]=usd"));
        }
        String code =
                api.post("/v1/promotion_codes", params.toArray(String[]::new)).id();
        Answer schedule = create(
                "phases[0][items][0][price]=" + shop.monthly(1000),
                "phases[1][items][0][price]=" + shop.monthly(3000),
                "phases[1][items][0][discounts][0][coupon]=" + coupon,
                "phases[1][discounts][0][promotion_code]=" + code);
        if ("deleted".equals(why)) {
            api.delete("/v1/coupons/" + coupon);
        } else {
            shop.subscribe(shop.customer(), shop.monthly(100), "discounts[0][coupon]=" + coupon);
        }
        simulator.advanceTo(Instant.parse("2027-02-28T12:00:00Z"));
        assertThat(newestInvoice(schedule).number("/amount_paid")).isEqualTo(3000);
    }

    @Test
    @DisplayName("C14 discounts and tax rates of an item are those of its phase; what it has already is kept")
    void ofItems() {
        String coupon =
                api.post("/v1/coupons", "percent_off=50", "duration=forever").id();
        String price = shop.monthly(1000);
        Answer schedule = create(
                "phases[0][items][0][price]=" + price,
                "phases[0][items][0][discounts][0][coupon]=" + coupon,
                "phases[0][items][0][tax_rates][0]=" + rate,
                "phases[1][items][0][price]=" + price);
        Answer subscription = shop.subscription(schedule.text("/subscription"));
        String discount = subscription.text("/items/data/0/discounts/0");
        api.post(
                SCHEDULES + "/" + schedule.id(),
                "phases[0][start_date]=" + schedule.number("/phases/0/start_date"),
                "phases[0][items][0][price]=" + price,
                "phases[0][items][0][quantity]=2",
                "phases[0][items][0][discounts][0][coupon]=" + coupon,
                "phases[0][items][0][tax_rates][0]=" + rate,
                "phases[1][items][0][price]=" + price);
        Answer changed = shop.subscription(subscription.id());
        assertThat(changed.number("/items/data/0/quantity")).isEqualTo(2);
        assertThat(changed.text("/items/data/0/discounts/0")).isEqualTo(discount);
        assertThat(api.get("/v1/coupons/" + coupon).number("/times_redeemed")).isEqualTo(1);
        simulator.advanceTo(Instant.parse("2027-02-28T09:00:00Z"));
        assertThat(shop.subscription(subscription.id()).text("/items/data/0/tax_rates/0/id"))
                .isEqualTo(rate);
        simulator.advanceTo(Instant.parse("2027-02-28T12:00:00Z"));
        assertThat(shop.subscription(subscription.id()).body().at("/items/data/0/tax_rates"))
                .isEmpty();
        assertThat(shop.subscription(subscription.id()).body().at("/items/data/0/discounts"))
                .isEmpty();
    }

    @Test
    @DisplayName("C14 a schedule of a subscription shows its items' discounts and tax rates")
    void ofSubscription() {
        String coupon =
                api.post("/v1/coupons", "percent_off=50", "duration=forever").id();
        Answer subscription = shop.subscribe(
                customer,
                shop.monthly(1000),
                "items[0][discounts][0][coupon]=" + coupon,
                "items[0][tax_rates][0]=" + rate);
        Answer schedule = api.post(SCHEDULES, "from_subscription=" + subscription.id());
        assertThat(schedule.text("/phases/0/items/0/discounts/0/discount"))
                .isEqualTo(subscription.text("/items/data/0/discounts/0"));
        assertThat(schedule.text("/phases/0/items/0/tax_rates/0/id")).isEqualTo(rate);
    }

    @Test
    @DisplayName("C14 a phase switches automatic tax on where the schedule has it off")
    void automaticTax() {
        api.post("/v1/customers/" + customer, "address[country]=DE");
        simulator.taxRate("DE", null, BigDecimal.valueOf(19));
        Answer schedule = create(
                "default_settings[automatic_tax][enabled]=false",
                "phases[0][items][0][price]=" + shop.monthly(1000),
                "phases[1][items][0][price]=" + shop.monthly(2000),
                "phases[1][items][0][quantity]=1",
                "phases[1][automatic_tax][enabled]=true");
        assertThat(schedule.text("/phases/1/automatic_tax/liability/type")).isEqualTo("self");
        simulator.advanceTo(Instant.parse("2027-02-28T12:00:00Z"));
        Answer invoice = newestInvoice(schedule);
        assertThat(invoice.text("/automatic_tax/status")).isEqualTo("complete");
        assertThat(invoice.number("/total")).isEqualTo(2380);
    }

    private Answer create(String... params) {
        return shop.schedule(customer, params);
    }

    private Answer newestInvoice(Answer schedule) {
        return shop.newestInvoice(schedule.text("/subscription"));
    }
}
