package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.entitlements.ActiveEntitlement;
import com.stripe.model.entitlements.ActiveEntitlementSummary;
import com.stripe.model.entitlements.Feature;
import com.stripe.param.EventListParams;
import com.stripe.param.ProductFeatureCreateParams;
import com.stripe.param.entitlements.ActiveEntitlementListParams;
import com.stripe.param.entitlements.FeatureCreateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Features and entitlements")
class EntitlementTest extends ApiTest {
    private static final String UPDATED = "entitlements.active_entitlement_summary.updated";

    EntitlementTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("a feature is made, renamed, archived and listed; its lookup key is its own")
    void lifeOfFeature() {
        Answer made = feature("sso");
        assertThat(made.text("/object")).isEqualTo("entitlements.feature");
        assertThat(made.body().path("active").asBoolean()).isTrue();
        Answer twice = feature("sso");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.text("/error/param")).isEqualTo("lookup_key");
        assertThat(api.get("/v1/entitlements/features", "lookup_key=sso").text("/data/0/id"))
                .isEqualTo(made.id());
        String path = "/v1/entitlements/features/" + made.id();
        assertThat(api.post(path, "name=Single sign-on", "metadata[a]=b", "active=false")
                        .text("/name"))
                .isEqualTo("Single sign-on");
        assertThat(api.get(path).text("/metadata/a")).isEqualTo("b");
        assertThat(api.get("/v1/entitlements/features").body().path("data")).isEmpty();
        assertThat(api.get("/v1/entitlements/features", "archived=true").body().path("data"))
                .hasSize(1);
        assertThat(api.get("/v1/entitlements/features/feat_none").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("a product's features are attached once, listed, read and detached")
    void featuresOfProduct() {
        String product = shop.product("Pro");
        String feature = feature("sso").id();
        String path = "/v1/products/" + product + "/features";
        Answer attached = api.post(path, "entitlement_feature=" + feature);
        assertThat(attached.text("/entitlement_feature/lookup_key")).isEqualTo("sso");
        assertThat(api.post(path, "entitlement_feature=" + feature).status()).isEqualTo(400);
        assertThat(api.post(path, "entitlement_feature=feat_none").text("/error/code"))
                .isEqualTo("resource_missing");
        assertThat(api.get(path).text("/data/0/id")).isEqualTo(attached.id());
        assertThat(api.get(path + "/" + attached.id()).text("/object")).isEqualTo("product_feature");
        assertThat(api.get("/v1/products/" + shop.product("Other") + "/features/" + attached.id())
                        .status())
                .isEqualTo(404);
        assertThat(api.delete(path + "/" + attached.id()).body().path("deleted").asBoolean())
                .isTrue();
        assertThat(api.get(path).body().path("data")).isEmpty();
        api.post("/v1/entitlements/features/" + feature, "active=false");
        assertThat(api.post(path, "entitlement_feature=" + feature).text("/error/param"))
                .isEqualTo("entitlement_feature");
    }

    @Test
    @DisplayName("who subscribes is entitled to the features of the products, and told when they change")
    void followsSubscription() {
        String basic = price("Basic", "reports");
        String pro = price("Pro", "reports", "sso");
        String customer = shop.customer();
        String id = shop.subscribe(customer, basic).id();
        assertThat(keys(customer)).containsExactly("reports");
        String first = entitlements(customer).text("/data/0/id");
        JsonNode told = last(UPDATED);
        assertThat(told.at("/data/object/customer").asText()).isEqualTo(customer);
        assertThat(told.at("/data/object/entitlements/data/0/lookup_key").asText())
                .isEqualTo("reports");
        assertThat(told.at("/data/previous_attributes/entitlements/data")).isEmpty();

        api.post("/v1/subscriptions/" + id, "items[0][id]=" + item(id), "items[0][price]=" + pro);
        assertThat(keys(customer)).containsExactlyInAnyOrder("sso", "reports");
        assertThat(last(UPDATED).at("/data/previous_attributes/entitlements/data"))
                .hasSize(1);
        assertThat(api.get("/v1/entitlements/active_entitlements/" + first, "expand[]=feature")
                        .text("/feature/name"))
                .isEqualTo("reports");

        api.delete("/v1/subscriptions/" + id);
        assertThat(keys(customer)).isEmpty();
        assertThat(last(UPDATED).at("/data/object/entitlements/data")).isEmpty();
        assertThat(api.eventTypes().stream().filter(UPDATED::equals)).hasSize(3);
    }

    @Test
    @DisplayName("a feature attached or detached later counts from the next period on")
    void nextPeriod() {
        String product = shop.product("Pro");
        String price = api.post(
                        "/v1/prices",
                        "currency=usd",
                        "unit_amount=1000",
                        "recurring[interval]=month",
                        "product=" + product)
                .id();
        String customer = shop.customer();
        String id = shop.subscribe(customer, price).id();
        Answer attached = attach(product, "sso");
        api.post("/v1/subscriptions/" + id, "metadata[a]=b");
        assertThat(keys(customer)).isEmpty();
        simulator.advance(Period.ofMonths(1));
        assertThat(keys(customer)).containsExactly("sso");
        api.delete("/v1/products/" + product + "/features/" + attached.id());
        assertThat(keys(customer)).containsExactly("sso");
        simulator.advance(Period.ofMonths(1));
        assertThat(keys(customer)).isEmpty();
    }

    @Test
    @DisplayName("trials and late payers keep features; what was never paid or has ended gives none")
    void byStatus() {
        String price = price("Pro", "sso");
        String trialing = shop.customer();
        shop.subscribe(trialing, price, "trial_period_days=7");
        assertThat(keys(trialing)).containsExactly("sso");

        String unpaid = shop.customer("pm_card_chargeCustomerFail");
        String incomplete = shop.subscribe(unpaid, price).id();
        assertThat(shop.subscription(incomplete).text("/status")).isEqualTo("incomplete");
        assertThat(keys(unpaid)).isEmpty();

        String late = shop.customer();
        String pastDue = shop.subscribe(late, price).id();
        api.post("/v1/customers/" + late, "invoice_settings[default_payment_method]=pm_card_chargeCustomerFail");
        simulator.advance(Period.ofMonths(1).plusDays(1));
        assertThat(shop.subscription(pastDue).text("/status")).isEqualTo("past_due");
        assertThat(keys(late)).containsExactly("sso");
        simulator.advance(Period.ofMonths(1));
        assertThat(shop.subscription(pastDue).text("/status")).isEqualTo("canceled");
        assertThat(keys(late)).isEmpty();
    }

    @Test
    @DisplayName("two subscriptions that give the same feature give it once, until both have ended")
    void union() {
        String price = price("Pro", "sso");
        String customer = shop.customer();
        String first = shop.subscribe(customer, price).id();
        String second = shop.subscribe(customer, price).id();
        assertThat(keys(customer)).containsExactly("sso");
        api.delete("/v1/subscriptions/" + first);
        assertThat(keys(customer)).containsExactly("sso");
        api.delete("/v1/subscriptions/" + second);
        assertThat(keys(customer)).isEmpty();
        assertThat(api.eventTypes().stream().filter(UPDATED::equals)).hasSize(2);
    }

    @Test
    @DisplayName("Stripe's own Java client makes features and reads entitlements and their event")
    void javaClient() throws StripeException {
        StripeClient stripe = StripeClients.of(simulator);
        Feature feature = stripe.v1()
                .entitlements()
                .features()
                .create(FeatureCreateParams.builder()
                        .setLookupKey("sso")
                        .setName("Single sign-on")
                        .build());
        String product = shop.product("Pro");
        stripe.v1()
                .products()
                .features()
                .create(
                        product,
                        ProductFeatureCreateParams.builder()
                                .setEntitlementFeature(feature.getId())
                                .build());
        String customer = shop.customer();
        shop.subscribe(
                customer,
                api.post(
                                "/v1/prices",
                                "currency=usd",
                                "unit_amount=1000",
                                "recurring[interval]=month",
                                "product=" + product)
                        .id());
        List<ActiveEntitlement> active = stripe.v1()
                .entitlements()
                .activeEntitlements()
                .list(ActiveEntitlementListParams.builder()
                        .setCustomer(customer)
                        .build())
                .getData();
        assertThat(active).extracting(ActiveEntitlement::getLookupKey).containsExactly("sso");
        Event event = stripe.v1()
                .events()
                .list(EventListParams.builder().setType(UPDATED).build())
                .getData()
                .get(0);
        ActiveEntitlementSummary summary = (ActiveEntitlementSummary)
                event.getDataObjectDeserializer().getObject().orElseThrow();
        assertThat(summary.getCustomer()).isEqualTo(customer);
        assertThat(summary.getEntitlements().getData())
                .extracting(ActiveEntitlement::getFeature)
                .containsExactly(feature.getId());
    }

    private Answer feature(String key) {
        return api.post("/v1/entitlements/features", "lookup_key=" + key, "name=" + key);
    }

    /** Attaches the feature with this key, which is made when there is none yet. */
    private Answer attach(String product, String key) {
        Answer found = api.get("/v1/entitlements/features", "lookup_key=" + key);
        String feature = found.body().path("data").isEmpty() ? feature(key).id() : found.text("/data/0/id");
        return api.post("/v1/products/" + product + "/features", "entitlement_feature=" + feature);
    }

    private String price(String name, String... features) {
        String product = shop.product(name);
        for (String feature : features) {
            attach(product, feature);
        }
        return api.post(
                        "/v1/prices",
                        "currency=usd",
                        "unit_amount=1000",
                        "recurring[interval]=month",
                        "product=" + product)
                .id();
    }

    private Answer entitlements(String customer) {
        return api.get("/v1/entitlements/active_entitlements", "customer=" + customer);
    }

    private List<String> keys(String customer) {
        return entitlements(customer).body().path("data").findValuesAsText("lookup_key");
    }

    private String item(String subscription) {
        return shop.subscription(subscription).text("/items/data/0/id");
    }

    private JsonNode last(String type) {
        return api.events(type).stream().reduce((earlier, later) -> later).orElseThrow();
    }
}
