package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.SubscriptionCreateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.math.BigDecimal;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Tax on invoices")
class TaxTest extends ApiTest {

    TaxTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("D10 an exclusive rate comes on top: 1000 with 19 % is charged as 1190")
    void exclusive() {
        String vat = rate("19", false);
        Answer subscription = shop.subscribe(
                shop.customer(), shop.monthly(1000), "default_tax_rates[0]=" + vat, "expand[]=latest_invoice");
        assertThat(subscription.text("/default_tax_rates/0/id")).isEqualTo(vat);
        assertTotals(subscription.body().path("latest_invoice"), 1000, 1000, 1190, 1000);
        JsonNode tax = subscription.body().at("/latest_invoice/total_taxes/0");
        assertThat(tax.path("amount").asLong()).isEqualTo(190);
        assertThat(tax.path("taxable_amount").asLong()).isEqualTo(1000);
        assertThat(tax.path("tax_behavior").asText()).isEqualTo("exclusive");
        assertThat(tax.at("/tax_rate_details/tax_rate").asText()).isEqualTo(vat);
        assertThat(subscription.body().at("/latest_invoice/lines/data/0/taxes/0"))
                .isEqualTo(tax);
        assertThat(api.get("/v1/charges").number("/data/0/amount")).isEqualTo(1190);
    }

    @Test
    @DisplayName("events show tax rates whole, as they were when it happened")
    void events() {
        String vat = rate("19", false);
        String price = shop.monthly(1000);
        api.post(
                "/v1/subscriptions",
                "customer=" + shop.customer(),
                "items[0][price]=" + price,
                "items[0][tax_rates][0]=" + vat,
                "default_tax_rates[0]=" + vat);
        api.post("/v1/tax_rates/" + vat, "display_name=MWST");
        JsonNode created = api.get("/v1/events", "type=customer.subscription.created")
                .body()
                .at("/data/0/data/object");
        assertThat(created.at("/default_tax_rates/0/display_name").asText()).isEqualTo("VAT");
        assertThat(created.at("/items/data/0/tax_rates/0/id").asText()).isEqualTo(vat);
    }

    @Test
    @DisplayName("an inclusive rate is part of the price: of 1190 with 19 % 190 are tax")
    void inclusive() {
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(1190),
                "default_tax_rates[0]=" + rate("19", true),
                "expand[]=latest_invoice");
        assertTotals(subscription.body().path("latest_invoice"), 1190, 1000, 1190, 1000);
        assertThat(subscription.number("/latest_invoice/total_taxes/0/amount")).isEqualTo(190);
        assertThat(subscription.number("/latest_invoice/total_taxes/0/taxable_amount"))
                .isEqualTo(1000);
    }

    @Test
    @DisplayName("the rates of an item take the place of those of its subscription, and can be changed")
    void ofItem() {
        String usual = rate("20", false);
        String reduced = rate("5", false);
        String customer = shop.customer();
        Answer subscription = api.post(
                "/v1/subscriptions",
                "customer=" + customer,
                "items[0][price]=" + shop.monthly(1000),
                "items[1][price]=" + shop.monthly(2000),
                "items[1][tax_rates][0]=" + reduced,
                "default_tax_rates[0]=" + usual,
                "expand[]=latest_invoice");
        assertThat(subscription.number("/latest_invoice/total")).isEqualTo(3000 + 200 + 100);
        assertThat(subscription.body().at("/latest_invoice/total_taxes")).hasSize(2);
        String item = subscription.text("/items/data/1/id");
        Answer changed = api.post("/v1/subscription_items/" + item, "tax_rates=");
        assertThat(changed.body().path("tax_rates")).isEmpty();
        Answer next = api.post("/v1/invoices/create_preview", "subscription=" + subscription.id());
        assertThat(next.number("/total")).isEqualTo(3600);
    }

    @Test
    @DisplayName("discounts come first: tax is of what they leave; balances are used after tax")
    void afterDiscounts() {
        String coupon =
                api.post("/v1/coupons", "percent_off=25", "duration=forever").id();
        String customer = shop.customer();
        api.post("/v1/customers/" + customer, "balance=-300");
        Answer subscription = shop.subscribe(
                customer,
                shop.monthly(1000),
                "discounts[0][coupon]=" + coupon,
                "default_tax_rates[0]=" + rate("10", false),
                "expand[]=latest_invoice");
        assertTotals(subscription.body().path("latest_invoice"), 1000, 1000, 825, 750);
        assertThat(subscription.number("/latest_invoice/amount_paid")).isEqualTo(525);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @DisplayName("who is exempt pays no tax, and the invoice says why")
    @CsvSource({"exempt, customer_exempt", "reverse, reverse_charge"})
    void exempt(String exempt, String reason) {
        String customer = shop.customer();
        api.post("/v1/customers/" + customer, "tax_exempt=" + exempt);
        Answer subscription = shop.subscribe(
                customer, shop.monthly(1000), "default_tax_rates[0]=" + rate("19", false), "expand[]=latest_invoice");
        assertThat(subscription.number("/latest_invoice/total")).isEqualTo(1000);
        assertThat(subscription.text("/latest_invoice/customer_tax_exempt")).isEqualTo(exempt);
        assertThat(subscription.text("/latest_invoice/total_taxes/0/taxability_reason"))
                .isEqualTo(reason);
    }

    @Test
    @DisplayName("a credit for unused time gives back the tax that was charged, also when the rates are others by now")
    void prorated() {
        String price = shop.monthly(1000);
        Answer subscription = shop.subscribe(shop.customer(), price, "default_tax_rates[0]=" + rate("20", false));
        Answer changed = api.post(
                "/v1/subscriptions/" + subscription.id(),
                "default_tax_rates[0]=" + rate("10", false),
                "items[0][id]=" + subscription.text("/items/data/0/id"),
                "items[0][price]=" + shop.monthly(3000),
                "proration_behavior=always_invoice",
                "expand[]=latest_invoice");
        assertThat(changed.number("/latest_invoice/subtotal")).isEqualTo(-1000 + 3000);
        assertThat(changed.number("/latest_invoice/total")).isEqualTo(-1200 + 3300);
    }

    @Test
    @DisplayName("a preview is taxed as the invoice of the renewal will be")
    void preview() {
        Answer subscription =
                shop.subscribe(shop.customer(), shop.monthly(999), "default_tax_rates[0]=" + rate("8.875", false));
        Answer preview = api.post("/v1/invoices/create_preview", "subscription=" + subscription.id());
        assertThat(preview.number("/total")).isEqualTo(999 + 89);
        simulator.advance(Period.ofMonths(1).plusDays(1));
        Answer renewed = api.get("/v1/invoices", "subscription=" + subscription.id());
        assertThat(renewed.body().at("/data/0/total_taxes"))
                .isEqualTo(preview.body().path("total_taxes"));
        assertThat(renewed.number("/data/0/amount_paid")).isEqualTo(preview.number("/amount_due"));
    }

    @Test
    @DisplayName("an archived rate stays where it is used but cannot be newly used; unknown ones are refused")
    void archived() {
        String vat = rate("19", false);
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000), "default_tax_rates[0]=" + vat);
        api.post("/v1/tax_rates/" + vat, "active=false");
        assertThat(api.post("/v1/subscriptions/" + subscription.id(), "default_tax_rates[0]=" + vat)
                        .status())
                .isEqualTo(200);
        assertThat(shop.subscribe(shop.customer(), shop.monthly(1000), "default_tax_rates[0]=" + vat)
                        .text("/error/param"))
                .isEqualTo("default_tax_rates");
        assertThat(shop.subscribe(shop.customer(), shop.monthly(1000), "default_tax_rates[0]=txr_none")
                        .text("/error/code"))
                .isEqualTo("resource_missing");
        for (String rates : new String[] {"default_tax_rates[0]=txr_none", "items[0][tax_rates][0]=txr_none"}) {
            Answer refused = api.post(
                    "/v1/subscriptions/" + subscription.id(),
                    rates,
                    "items[0][id]=" + subscription.text("/items/data/0/id"));
            assertThat(refused.text("/error/code")).as(rates).isEqualTo("resource_missing");
        }
    }

    @Test
    @DisplayName("an invoice shows the customer's tax ids as they are when it becomes final")
    void taxIds() {
        String customer = shop.customer();
        api.post("/v1/customers/" + customer + "/tax_ids", "type=eu_vat", "value=DE123456789");
        Answer subscription = shop.subscribe(customer, shop.monthly(1000), "expand[]=latest_invoice");
        assertThat(subscription.text("/latest_invoice/customer_tax_ids/0/value"))
                .isEqualTo("DE123456789");
    }

    @Test
    @DisplayName("automatic tax goes by the state, else by the country, and by the price's tax behaviour")
    void automatic() {
        simulator.taxRate("US", "NY", new BigDecimal("8.875"));
        simulator.taxRate("US", null, new BigDecimal("5"));
        simulator.taxRate("DE", null, new BigDecimal("19"));
        assertThat(automatic("US", "NY", "exclusive").number("/latest_invoice/total"))
                .isEqualTo(1089);
        assertThat(automatic("US", "OR", "exclusive").number("/latest_invoice/total"))
                .isEqualTo(1050);
        assertThat(automatic("DE", "", "exclusive").number("/latest_invoice/total"))
                .isEqualTo(1190);
        Answer within = automatic("DE", "", "inclusive");
        assertThat(within.number("/latest_invoice/total")).isEqualTo(1000);
        assertThat(within.number("/latest_invoice/total_excluding_tax")).isEqualTo(840);
        assertThat(within.text("/latest_invoice/automatic_tax/status")).isEqualTo("complete");
        assertThat(within.text("/latest_invoice/total_taxes/0/taxability_reason"))
                .isEqualTo("standard_rated");
        Answer rate =
                api.get("/v1/tax_rates/" + within.text("/latest_invoice/total_taxes/0/tax_rate_details/tax_rate"));
        assertThat(rate.text("/country")).isEqualTo("DE");
        assertThat(rate.body().path("active").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("where nothing is collected, automatic tax is zero and says so")
    void notCollecting() {
        Answer free = automatic("FR", "", "exclusive");
        assertThat(free.number("/latest_invoice/total")).isEqualTo(1000);
        assertThat(free.text("/latest_invoice/total_taxes/0/taxability_reason")).isEqualTo("not_collecting");
        assertThat(free.text("/latest_invoice/automatic_tax/status")).isEqualTo("complete");
    }

    @Test
    @DisplayName(
            "automatic tax needs a location: refused at first, and a renewal without one goes untaxed and switches it off")
    void unknownLocation() {
        simulator.taxRate("DE", null, new BigDecimal("19"));
        Answer refused = shop.subscribe(shop.customer(), shop.monthly(1000), "automatic_tax[enabled]=true");
        assertThat(refused.text("/error/code")).isEqualTo("customer_tax_location_invalid");
        Answer subscription = automatic("DE", "", "exclusive");
        String customer = subscription.text("/customer");
        api.post("/v1/customers/" + customer, "address=");
        Answer preview = api.post("/v1/invoices/create_preview", "subscription=" + subscription.id());
        assertThat(preview.text("/automatic_tax/status")).isEqualTo("requires_location_inputs");
        simulator.advance(Period.ofMonths(1).plusDays(1));
        Answer renewed = api.get("/v1/invoices", "subscription=" + subscription.id());
        assertThat(renewed.number("/data/0/amount_paid")).isEqualTo(1000);
        assertThat(renewed.text("/data/0/automatic_tax/disabled_reason"))
                .isEqualTo("finalization_requires_location_inputs");
        Answer after = shop.subscription(subscription.id());
        assertThat(after.text("/automatic_tax/disabled_reason")).isEqualTo("requires_location_inputs");
        assertThat(after.body().at("/automatic_tax/enabled").asBoolean()).isFalse();
        assertThat(api.get("/v1/subscriptions", "automatic_tax[enabled]=true")
                        .body()
                        .path("data"))
                .isEmpty();
    }

    @Test
    @DisplayName("a preview supposes the customer it is told of, known or not, and leaves it as it was")
    void supposed() {
        simulator.taxRate("DE", null, new BigDecimal("19"));
        String price = shop.monthly(1000);
        Answer unknown = api.post(
                "/v1/invoices/create_preview",
                "currency=usd",
                "automatic_tax[enabled]=true",
                "customer_details[address][country]=DE",
                "subscription_details[items][0][price]=" + price);
        assertThat(unknown.number("/total")).isEqualTo(1190);
        String customer = shop.customer();
        Answer known = api.post(
                "/v1/invoices/create_preview",
                "customer=" + customer,
                "automatic_tax[enabled]=true",
                "customer_details[address][country]=DE",
                "customer_details[tax_exempt]=reverse",
                "customer_details[tax_ids][0][type]=eu_vat",
                "customer_details[tax_ids][0][value]=DE123456789",
                "subscription_details[items][0][price]=" + price);
        assertThat(known.number("/total")).isEqualTo(1000);
        assertThat(known.text("/customer_tax_ids/0/value")).isEqualTo("DE123456789");
        assertThat(api.get("/v1/customers/" + customer).text("/tax_exempt")).isEqualTo("none");
        assertThat(api.get("/v1/customers").body().path("data")).hasSize(1);
    }

    @Test
    @DisplayName("an extra line has rates of its own")
    void extraLine() {
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(1000),
                "add_invoice_items[0][price]=" + shop.oneTime(500),
                "add_invoice_items[0][tax_rates][0]=" + rate("10", false),
                "expand[]=latest_invoice");
        assertThat(subscription.number("/latest_invoice/total")).isEqualTo(1550);
    }

    @Test
    @DisplayName("what is collected where is said by the builder for good, and at run time until a reset")
    void table() {
        try (StripeSimulator own = StripeSimulator.builder()
                .taxRate("DE", "19")
                .taxRate("us", "ny", "8.875")
                .start()) {
            ApiClient control = new ApiClient(own.baseUrl(), "");
            Answer more = control.post("/_sim/tax", "country=FR", "percentage=20");
            assertThat(more.body().path("data"))
                    .extracting(entry -> entry.path("country").asText())
                    .containsExactly("DE", "FR", "US");
            assertThat(more.text("/data/2/state")).isEqualTo("NY");
            assertThat(control.post("/_sim/tax", "country=FR", "percentage=120").text("/error/param"))
                    .isEqualTo("percentage");
            own.reset();
            assertThat(control.get("/_sim/tax").body().path("data")).hasSize(2);
        }
    }

    @Test
    @DisplayName("an invoice by request is taxed by its items' rates, or automatically once it has a location")
    void byRequest() {
        simulator.taxRate("DE", null, new BigDecimal("19"));
        String customer = shop.customer();
        api.post(
                "/v1/invoiceitems",
                "customer=" + customer,
                "amount=1000",
                "currency=eur",
                "tax_rates[0]=" + rate("5", false));
        Answer named = api.post(
                "/v1/invoices",
                "customer=" + customer,
                "currency=eur",
                "pending_invoice_items_behavior=include",
                "default_tax_rates[0]=" + rate("10", false));
        assertThat(named.number("/total")).isEqualTo(1050);
        Answer automatic =
                api.post("/v1/invoices", "customer=" + customer, "currency=eur", "automatic_tax[enabled]=true");
        assertThat(automatic.text("/automatic_tax/status")).isEqualTo("requires_location_inputs");
        String items = "/v1/invoiceitems";
        api.post(items, "customer=" + customer, "amount=1000", "currency=eur", "invoice=" + automatic.id());
        api.post(
                items,
                "customer=" + customer,
                "amount=1000",
                "currency=eur",
                "tax_behavior=exclusive",
                "invoice=" + automatic.id());
        String path = "/v1/invoices/" + automatic.id();
        assertThat(api.post(path + "/finalize").text("/error/code")).isEqualTo("customer_tax_location_invalid");
        Answer moved = api.post("/v1/customers/" + customer, "address[country]=DE");
        assertThat(moved.status()).isEqualTo(200);
        Answer open = api.post(path + "/finalize");
        assertThat(open.text("/automatic_tax/status")).isEqualTo("complete");
        assertThat(open.number("/subtotal")).isEqualTo(2000);
        assertThat(open.number("/total")).isEqualTo(2190);
        assertThat(open.number("/total_excluding_tax")).isEqualTo(1840);
    }

    @Test
    @DisplayName(
            "who has no address is taxed where the paying card's holder is, be it a payment method or an older source")
    void locationOfSource() {
        String customer = api.post("/v1/customers", "email=a@example.com").id();
        String card = api.post("/v1/customers/" + customer + "/sources", "source=tok_visa")
                .id();
        api.post("/v1/customers/" + customer + "/sources/" + card, "address_country=DE");
        JsonNode invoice = shop.subscribe(
                        customer, shop.monthly(1000), "automatic_tax[enabled]=true", "expand[]=latest_invoice")
                .body()
                .path("latest_invoice");
        assertThat(invoice.at("/automatic_tax/status").asText()).isEqualTo("complete");
        assertThat(invoice.at("/total_taxes/0/taxability_reason").asText()).isEqualTo("not_collecting");
    }

    @Test
    @DisplayName("named rates and automatic tax exclude each other")
    void notBoth() {
        Answer both = shop.subscribe(
                shop.customer(),
                shop.monthly(1000),
                "default_tax_rates[0]=" + rate("19", false),
                "automatic_tax[enabled]=true");
        assertThat(both.text("/error/param")).isEqualTo("default_tax_rates");
    }

    @Test
    @DisplayName("the total is the lines less discounts plus tax on top, whatever is sold with whatever rates")
    void property() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> rates = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rates.add(rate(BigDecimal.valueOf(random.nextInt(300_000), 4).toPlainString(), random.nextBoolean()));
        }
        for (int i = 0; i < 15; i++) {
            JsonNode invoice = randomInvoice(random, rates);
            long onTop = 0;
            long all = 0;
            for (JsonNode line : invoice.at("/lines/data")) {
                for (JsonNode tax : line.path("taxes")) {
                    all += tax.path("amount").asLong();
                    onTop += "exclusive".equals(tax.path("tax_behavior").asText())
                            ? tax.path("amount").asLong()
                            : 0;
                }
            }
            long discounts = sum(invoice.path("total_discount_amounts"));
            long total = invoice.path("total").asLong();
            assertThat(sum(invoice.path("total_taxes"))).as("seed %d", seed).isEqualTo(all);
            assertThat(invoice.path("subtotal").asLong()).as("seed %d", seed).isEqualTo(sum(invoice.at("/lines/data")));
            assertThat(total).as("seed %d", seed).isEqualTo(sum(invoice.at("/lines/data")) - discounts + onTop);
            assertThat(invoice.path("total_excluding_tax").asLong())
                    .as("seed %d", seed)
                    .isEqualTo(total - all);
        }
    }

    @Test
    @DisplayName("Stripe's own client reads the taxes of an invoice")
    void client() throws StripeException {
        StripeClient stripe = StripeClients.of(simulator);
        Subscription subscription = stripe.v1()
                .subscriptions()
                .create(SubscriptionCreateParams.builder()
                        .setCustomer(shop.customer())
                        .addItem(SubscriptionCreateParams.Item.builder()
                                .setPrice(shop.monthly(1000))
                                .build())
                        .addDefaultTaxRate(rate("7.7", false))
                        .addExpand("latest_invoice")
                        .build());
        Invoice invoice = subscription.getLatestInvoiceObject();
        assertThat(subscription.getDefaultTaxRates().get(0).getPercentage()).isEqualByComparingTo("7.7");
        assertThat(invoice.getTotalTaxes().get(0).getAmount()).isEqualTo(77);
        assertThat(invoice.getLines().getData().get(0).getTaxes().get(0).getTaxableAmount())
                .isEqualTo(1000);
    }

    private JsonNode randomInvoice(Random random, List<String> rates) {
        List<String> params = new ArrayList<>(List.of("customer=" + shop.customer(), "expand[]=latest_invoice"));
        for (int item = 0; item <= random.nextInt(3); item++) {
            params.add("items[" + item + "][price]=" + shop.monthly(1 + random.nextInt(100_000)));
            params.add("items[" + item + "][quantity]=" + (1 + random.nextInt(9)));
            for (int i = 0; i < random.nextInt(3); i++) {
                params.add("items[" + item + "][tax_rates][" + i + "]=" + rates.get((item + i) % rates.size()));
            }
        }
        params.add("default_tax_rates[0]=" + rates.get(random.nextInt(rates.size())));
        if (random.nextBoolean()) {
            int percent = 1 + random.nextInt(99);
            String coupon = api.post("/v1/coupons", "percent_off=" + percent, "duration=forever")
                    .id();
            params.add("discounts[0][coupon]=" + coupon);
        }
        return api.post("/v1/subscriptions", params.toArray(String[]::new))
                .body()
                .path("latest_invoice");
    }

    private Answer automatic(String country, String state, String behavior) {
        String price = api.post(
                        "/v1/prices",
                        "currency=usd",
                        "unit_amount=1000",
                        "recurring[interval]=month",
                        "tax_behavior=" + behavior,
                        "product_data[name]=Plan")
                .id();
        String customer = shop.customer();
        api.post(
                "/v1/customers/" + customer,
                "address[country]=" + country,
                "address[state]=" + state,
                "address[postal_code]=10001");
        return shop.subscribe(customer, price, "automatic_tax[enabled]=true", "expand[]=latest_invoice");
    }

    private String rate(String percentage, boolean inclusive) {
        return api.post("/v1/tax_rates", "display_name=VAT", "percentage=" + percentage, "inclusive=" + inclusive)
                .id();
    }

    private static void assertTotals(JsonNode invoice, long subtotal, long subtotalNet, long total, long totalNet) {
        assertThat(invoice.path("subtotal").asLong()).isEqualTo(subtotal);
        assertThat(invoice.path("subtotal_excluding_tax").asLong()).isEqualTo(subtotalNet);
        assertThat(invoice.path("total").asLong()).isEqualTo(total);
        assertThat(invoice.path("total_excluding_tax").asLong()).isEqualTo(totalNet);
    }

    private static long sum(JsonNode parts) {
        long sum = 0;
        for (JsonNode part : parts) {
            sum += part.path("amount").asLong();
        }
        return sum;
    }
}
