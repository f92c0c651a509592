package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Products and prices")
class CatalogTest extends ApiTest {

    CatalogTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("a product is made, changed, found, archived and deleted")
    void product() {
        String id = api.post("/v1/products", "name=Pro", "id=prod_pro", "unit_label=seat")
                .id();
        assertThat(id).isEqualTo("prod_pro");
        assertThat(api.post("/v1/products", "name=Pro", "id=prod_pro").text("/error/code"))
                .isEqualTo("resource_already_exists");
        Answer changed = api.post("/v1/products/prod_pro", "name=Professional", "active=false", "unit_label=");
        assertThat(changed.text("/name")).isEqualTo("Professional");
        assertThat(changed.body().path("unit_label").isNull()).isTrue();
        Answer measured = api.post(
                "/v1/products/prod_pro",
                "package_dimensions[height]=1.5",
                "package_dimensions[length]=2",
                "package_dimensions[weight]=0.25",
                "package_dimensions[width]=3");
        assertThat(measured.body().at("/package_dimensions/height").isNumber()).isTrue();
        assertThat(measured.body().at("/package_dimensions/weight").decimalValue())
                .isEqualByComparingTo("0.25");
        assertThat(api.get("/v1/products", "active=true").body().path("data")).isEmpty();
        assertThat(api.get("/v1/products", "ids[]=prod_pro").body().path("data"))
                .hasSize(1);
        assertThat(api.delete("/v1/products/prod_pro").body().path("deleted").asBoolean())
                .isTrue();
        assertThat(api.get("/v1/products/prod_pro").status()).isEqualTo(404);
        assertThat(api.eventTypes())
                .containsExactly("product.created", "product.updated", "product.updated", "product.deleted");
        assertThat(api.events().get(1).at("/data/previous_attributes/name").asText())
                .isEqualTo("Pro");
    }

    @Test
    @DisplayName("B3 a recurring price has Stripe's default fields, a one-time price has no recurrence")
    void defaults() {
        Answer price = api.get("/v1/prices/" + shop.monthly(1500));
        assertThat(price.text("/type")).isEqualTo("recurring");
        assertThat(price.text("/unit_amount_decimal")).isEqualTo("1500");
        assertThat(price.text("/recurring/usage_type")).isEqualTo("licensed");
        assertThat(price.number("/recurring/interval_count")).isEqualTo(1);
        assertThat(price.text("/billing_scheme")).isEqualTo("per_unit");
        Answer once = api.get("/v1/prices/" + shop.oneTime(99));
        assertThat(once.text("/type")).isEqualTo("one_time");
        assertThat(once.body().path("recurring").isNull()).isTrue();
    }

    @Test
    @DisplayName("a price below one minor unit is kept as a decimal")
    void decimal() {
        Answer price = api.post("/v1/prices", "currency=usd", "unit_amount_decimal=0.25", "product_data[name]=Call");
        assertThat(price.body().path("unit_amount").isNull()).isTrue();
        assertThat(price.text("/unit_amount_decimal")).isEqualTo("0.25");
    }

    @Test
    @DisplayName("B4 a lookup key names one price and moves only on request")
    void lookupKey() {
        String product = shop.product("Pro");
        String[] common = {"currency=usd", "product=" + product, "recurring[interval]=month", "lookup_key=pro"};
        String old = api.post("/v1/prices", with(common, "unit_amount=1000")).id();
        Answer refused = api.post("/v1/prices", with(common, "unit_amount=1200"));
        assertThat(refused.status()).isEqualTo(400);
        String current = api.post("/v1/prices", with(common, "unit_amount=1200", "transfer_lookup_key=true"))
                .id();
        assertThat(api.get("/v1/prices", "lookup_keys[]=pro").text("/data/0/id"))
                .isEqualTo(current);
        assertThat(api.get("/v1/prices/" + old).body().path("lookup_key").isNull())
                .isTrue();
        assertThat(api.eventTypes()).contains("price.updated");
    }

    @Test
    @DisplayName("B3 tiers and currencies are shown when they are asked for")
    void tiersAndCurrencies() {
        String id = api.post(
                        "/v1/prices",
                        "currency=usd",
                        "product_data[name]=Seats",
                        "recurring[interval]=month",
                        "billing_scheme=tiered",
                        "tiers_mode=graduated",
                        "tiers[0][up_to]=5",
                        "tiers[0][unit_amount]=1000",
                        "tiers[1][up_to]=inf",
                        "tiers[1][unit_amount]=800",
                        "currency_options[eur][tiers][0][up_to]=inf",
                        "currency_options[eur][tiers][0][unit_amount]=900")
                .id();
        Answer plain = api.get("/v1/prices/" + id);
        assertThat(plain.body().has("tiers")).isFalse();
        Answer price = api.get("/v1/prices/" + id, "expand[]=tiers", "expand[]=currency_options");
        assertThat(price.number("/tiers/0/up_to")).isEqualTo(5);
        assertThat(price.body().at("/tiers/1/up_to").isNull()).isTrue();
        assertThat(price.number("/currency_options/eur/tiers/0/unit_amount")).isEqualTo(900);
    }

    @Test
    @DisplayName("a product with prices cannot be deleted")
    void productInUse() {
        String product = shop.product("Pro");
        api.post("/v1/prices", "currency=usd", "unit_amount=1", "product=" + product);
        assertThat(api.delete("/v1/products/" + product).status()).isEqualTo(400);
    }

    private static String[] with(String[] common, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(common), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }
}
