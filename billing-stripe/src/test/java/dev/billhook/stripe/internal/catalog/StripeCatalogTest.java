package dev.billhook.stripe.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.RequestKey;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Tier;
import dev.billhook.catalog.sync.PublishedCatalog;
import dev.billhook.catalog.sync.PublishedCatalog.PublishedPrice;
import dev.billhook.catalog.sync.PublishedCatalog.PublishedProduct;
import dev.billhook.stripe.testing.Documents;
import dev.billhook.stripe.testing.Plans;
import dev.billhook.stripe.testing.RecordingStripe;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The catalog at Stripe")
class StripeCatalogTest {
    private static final RequestKey KEY = new RequestKey("key-1");
    private static final String PRODUCT = product("prod_1", 100);
    private static final String OWNED = """
            "lookup_key": "%1$s", "metadata": {"billhook_plan": "%1$s"}, "currency": "usd", "product": "prod_1",""";

    @AutoClose
    private final RecordingStripe stripe = new RecordingStripe();

    private static String product(String id, long created) {
        return """
                {"id": "%s", "object": "product", "name": "Pro", "description": null, "created": %d,
                 "metadata": {"billhook_product": "pro"}}""".formatted(id, created);
    }

    private static String monthly(String fields) {
        return Documents.price(
                "price_1",
                OWNED.formatted("api") + "\"recurring\": {\"interval\": \"month\", \"interval_count\": 1," + fields);
    }

    private PublishedCatalog published(String... prices) {
        stripe.replies(Documents.list(PRODUCT)).replies(Documents.list(prices));
        return stripe.provider().catalog().published();
    }

    @Test
    @DisplayName("D6 counts only what Billhook made, the older of two products with one key")
    void owned() {
        stripe.replies("{\"has_more\": true, \"data\": [%s, %s]}"
                        .formatted(
                                product("prod_2", 200), "{\"id\": \"prod_0\", \"metadata\": {}, \"name\": \"Theirs\"}"))
                .replies(Documents.list(PRODUCT))
                .replies(Documents.list());

        PublishedCatalog catalog = stripe.provider().catalog().published();

        assertThat(catalog.products()).containsExactly(new PublishedProduct("pro", "Pro", null));
        assertThat(stripe.calls().get(1).params()).containsEntry("starting_after", "prod_0");
        assertThat(stripe.calls().get(2).params())
                .containsEntry("product", "prod_1")
                .containsEntry("active", "true")
                .containsEntry("expand[0]", "data.currency_options")
                .containsEntry("expand[1]", "data.tiers");
    }

    @Test
    @DisplayName("B4 counts only the price that holds the plan's lookup key now")
    void holders() {
        String fields = "\"currency\": \"usd\", \"unit_amount\": 1, \"recurring\": null, ";
        assertThat(published(
                                Documents.price(
                                        "price_1",
                                        fields + "\"lookup_key\": null, \"metadata\": {\"billhook_plan\": \"a\"}"),
                                Documents.price("price_2", fields + "\"lookup_key\": \"b\", \"metadata\": {}"),
                                Documents.price(
                                        "price_3",
                                        fields + "\"lookup_key\": \"c\", \"metadata\": {\"billhook_plan\": \"c\"}"))
                        .prices())
                .containsExactly(new PublishedPrice(
                        PlanKey.of("c"), "pro", BillingInterval.ONCE, new Pricing.OneTime(Map.of(Plans.USD, 1L))));
    }

    @Test
    @DisplayName("C8 a metered plan makes its meter if there is none")
    void createMeter() {
        stripe.replies(Documents.list())
                .replies(Documents.list(PRODUCT))
                .replies(Documents.list("{\"id\": \"mtr_0\", \"event_name\": \"other\"}"))
                .replies("{\"id\": \"mtr_1\", \"event_name\": \"calls\"}")
                .replies("{\"id\": \"price_1\"}");

        stripe.provider()
                .catalog()
                .createPrice(
                        Plans.monthly(
                                "api",
                                new Pricing.Metered(
                                        "calls",
                                        Plans.inOrder(Plans.JPY, BigDecimal.TEN, Plans.USD, new BigDecimal("0.2")))),
                        KEY);

        assertThat(stripe.calls().get(3).path()).isEqualTo("/v1/billing/meters");
        assertThat(stripe.calls().get(3).params())
                .isEqualTo(
                        Map.of("event_name", "calls", "display_name", "calls", "default_aggregation[formula]", "sum"));
        assertThat(stripe.calls().get(3).idempotencyKey()).isEqualTo("meter.create:key-1");
        assertThat(stripe.calls().get(4).params())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("product", "prod_1"),
                        Map.entry("currency", "jpy"),
                        Map.entry("unit_amount_decimal", "10"),
                        Map.entry("currency_options[usd][unit_amount_decimal]", "0.2"),
                        Map.entry("recurring[interval]", "month"),
                        Map.entry("recurring[interval_count]", "1"),
                        Map.entry("recurring[usage_type]", "metered"),
                        Map.entry("recurring[meter]", "mtr_1"),
                        Map.entry("lookup_key", "api"),
                        Map.entry("transfer_lookup_key", "true"),
                        Map.entry("metadata[billhook_plan]", "api")));
        assertThat(stripe.calls().get(4).idempotencyKey()).isEqualTo("price.create:key-1");
    }

    @Test
    @DisplayName("C8 a metered plan uses the meter there is")
    void findMeter() {
        stripe.replies(Documents.list())
                .replies(Documents.list(PRODUCT))
                .replies(Documents.list("{\"id\": \"mtr_1\", \"event_name\": \"calls\"}"))
                .replies("{\"id\": \"price_1\"}");
        stripe.provider()
                .catalog()
                .createPrice(
                        Plans.monthly("api", new Pricing.Metered("calls", Map.of(Plans.USD, BigDecimal.ONE))), KEY);
        assertThat(stripe.calls()).hasSize(4);
        assertThat(stripe.calls().get(3).params()).containsEntry("recurring[meter]", "mtr_1");
    }

    @Test
    @DisplayName("C8 a metered price is read with its meter's event name")
    void readMetered() {
        stripe.replies(Documents.list(PRODUCT))
                .replies(Documents.list(monthly("""
                        "usage_type": "metered", "meter": "mtr_1"}, "unit_amount": null, "unit_amount_decimal": "0.20",
                        "currency_options": {"usd": {"unit_amount": null, "unit_amount_decimal": "0.20"},
                                             "jpy": {"unit_amount": 10, "unit_amount_decimal": "10"}}""")))
                .replies(Documents.list("{\"id\": \"mtr_1\", \"event_name\": \"calls\"}"));
        assertThat(stripe.provider().catalog().published().prices())
                .containsExactly(new PublishedPrice(
                        PlanKey.of("api"),
                        "pro",
                        BillingInterval.MONTHLY,
                        new Pricing.Metered(
                                "calls", Map.of(Plans.USD, new BigDecimal("0.2"), Plans.JPY, BigDecimal.TEN))));
    }

    @Test
    @DisplayName("B3 tiers of a further currency are asked for when the list leaves them out")
    void tiersOfOptions() {
        String head = OWNED.formatted("seats") + """
                "recurring": {"interval": "year", "interval_count": 1, "usage_type": "licensed"},
                "billing_scheme": "tiered", "tiers_mode": "volume", "unit_amount": null,
                "tiers": [{"up_to": null, "unit_amount": 5, "unit_amount_decimal": "5", "flat_amount": null}],""";
        stripe.replies(Documents.list(PRODUCT))
                .replies(Documents.list(Documents.price(
                        "price_1", head + "\"currency_options\": {\"usd\": {}, \"jpy\": {\"unit_amount\": null}}")))
                .replies(Documents.price("price_1", head + """
                        "currency_options": {"jpy": {"tiers": [
                          {"up_to": null, "unit_amount": 7, "unit_amount_decimal": "7", "flat_amount": 2}]}}"""));

        assertThat(stripe.provider().catalog().published().prices())
                .extracting(PublishedPrice::pricing)
                .containsExactly(new Pricing.Volume(Map.of(
                        Plans.USD,
                        List.of(new Tier(null, new BigDecimal("5"), 0)),
                        Plans.JPY,
                        List.of(new Tier(null, new BigDecimal("7"), 2)))));
        assertThat(stripe.calls().get(2).params())
                .isEqualTo(Map.of(
                        "expand[0]", "tiers",
                        "expand[1]", "currency_options",
                        "expand[2]", "currency_options.jpy.tiers"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"usage_type\": \"metered\", \"meter\": null}, \"unit_amount\": 1",
                "\"usage_type\": \"metered\"}, \"billing_scheme\": \"tiered\", \"tiers\": []",
                "\"usage_type\": \"licensed\"}, \"unit_amount\": null, \"unit_amount_decimal\": \"1.5\"",
                "\"usage_type\": \"licensed\"}, \"unit_amount\": 1, \"transform_quantity\": {\"divide_by\": 10}",
                "\"usage_type\": \"licensed\"}, \"billing_scheme\": \"tiered\", \"tiers\": null",
                "\"usage_type\": \"licensed\"}, \"billing_scheme\": \"tiered\","
                        + " \"tiers\": [{\"up_to\": null, \"unit_amount\": 1, \"flat_amount_decimal\": \"0.5\"}]",
                "\"usage_type\": \"licensed\"}, \"unit_amount\": 1, \"currency_options\": {\"zzz\": {\"unit_amount\": 1}}"
            })
    @DisplayName("D6 a price of a shape the catalog cannot say is not counted")
    void otherShapes(String fields) {
        assertThat(published(monthly(fields)).prices()).isEmpty();
    }

    @Test
    @DisplayName("B3 a price without a note about its pricing is one per unit")
    void perUnitByDefault() {
        assertThat(published(monthly("\"usage_type\": \"licensed\"}, \"unit_amount\": 12"))
                        .prices())
                .extracting(PublishedPrice::pricing)
                .containsExactly(new Pricing.PerUnit(Map.of(Plans.USD, 12L)));
    }
}
