package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("D10 What holds for every route alike")
class RoutesTest {
    private static final Set<String> CHANGED_BY_READING = Set.of("updated");
    private static StripeSimulator simulator;
    private static ApiClient api;
    private static Shop shop;

    @BeforeAll
    static void fill() {
        simulator = StripeSimulator.builder()
                .startAt(Instant.parse("2027-01-31T10:00:00Z"))
                .start();
        api = new ApiClient(simulator);
        shop = new Shop(api);
        api.post("/v1/test_helpers/test_clocks", "frozen_time=1801389600", "name=Old");
        String price = shop.monthly(1500);
        String customer = shop.customer();
        shop.subscribe(customer, price);
        simulator.advance(Duration.ofDays(29));
        api.post("/v1/payment_intents", "amount=500", "currency=usd", "customer=" + customer);
        api.post("/v1/setup_intents", "customer=" + customer);
        api.post("/v1/coupons", "percent_off=10", "duration=once", "id=ten");
        api.post("/v1/promotion_codes", "promotion[type]=coupon", "promotion[coupon]=ten", "code=TEN");
        api.post(
                "/v1/checkout/sessions",
                "mode=subscription",
                "line_items[0][price]=" + price,
                "line_items[0][quantity]=1",
                "success_url=https://x.org/");
        api.post("/v1/billing_portal/sessions", "customer=" + customer, "return_url=https://x.org/");
        api.post("/v1/billing/meters", "display_name=Calls", "event_name=calls", "default_aggregation[formula]=sum");
        api.post("/v1/webhook_endpoints", "url=https://x.org/hook", "enabled_events[]=plan.deleted");
        api.post("/v1/entitlements/features", "name=Export", "lookup_key=export");
        api.post("/v1/tax_rates", "display_name=VAT", "percentage=19", "inclusive=true");
        api.post("/v1/tax_ids", "type=eu_vat", "value=DE123456789");
        api.post("/v1/invoiceitems", "customer=" + customer, "amount=250", "currency=usd");
        api.post(
                "/v1/subscription_schedules",
                "customer=" + customer,
                "start_date=1830000000",
                "phases[0][items][0][price]=" + price,
                "phases[0][duration][interval]=month");
        api.post("/v1/quotes", "customer=" + customer, "line_items[0][price]=" + price);
        String charge = api.get("/v1/charges").text("/data/0/id");
        api.post("/v1/refunds", "charge=" + charge, "amount=100");
    }

    @AfterAll
    static void close() {
        simulator.close();
    }

    /** Addresses of lists whose elements can be read one by one. */
    static List<String> lists() {
        return simulator.routes().stream()
                .filter(route -> route.matches("GET /v1/[^{]*"))
                .map(route -> route.substring("GET ".length()))
                .filter(path -> hasRoute("GET", path))
                .toList();
    }

    /** Those whose elements have metadata that can be changed. */
    static List<String> listsWithMetadata() {
        return lists().stream()
                .filter(path -> hasRoute("POST", path) && firstOf(path).has("metadata"))
                .toList();
    }

    static List<String> searches() {
        return simulator.routes().stream()
                .filter(route -> route.endsWith("/search"))
                .map(route -> route.substring("GET ".length()))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    @DisplayName("whatever a list names can be read at its own address, and is the same there")
    void readsWhatIsListed(String path) {
        Answer list = list(path);
        assertThat(list.status()).as(list.body().toString()).isEqualTo(200);
        for (JsonNode listed : list.body().path("data")) {
            Answer read = api.get(path + "/" + listed.path("id").asText());
            assertThat(read.status()).as(path).isEqualTo(200);
            assertThat(without(read.body())).isEqualTo(without(listed));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("listsWithMetadata")
    @DisplayName("metadata is merged wherever an object takes it, and nothing else changes")
    void keepsMetadata(String path) {
        JsonNode before = firstOf(path);
        Answer changed = api.post(path + "/" + before.path("id").asText(), "metadata[colour]=red");
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        assertThat(changed.text("/metadata/colour")).isEqualTo("red");
        assertThat(without(changed.body())).isEqualTo(without(before));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("searches")
    @DisplayName("a search without limits finds what the list has")
    void searches(String path) {
        List<String> listed = ids(api.get(path.replace("/search", ""), "limit=100"));
        Answer found = api.get(path, "query=created>0", "limit=100");
        assertThat(found.status()).as(found.body().toString()).isEqualTo(200);
        assertThat(listed).isNotEmpty();
        assertThat(ids(found)).containsExactlyInAnyOrderElementsOf(listed);
    }

    private static boolean hasRoute(String method, String path) {
        return simulator.routes().stream().anyMatch(route -> route.matches(method + " \\Q" + path + "\\E/\\{[^}/]*}"));
    }

    private static JsonNode firstOf(String path) {
        return list(path).body().path("data").path(0);
    }

    /** A list; some want to know whose. */
    private static Answer list(String path) {
        Answer all = api.get(path);
        return switch (all.text("/error/param")) {
            case "customer" ->
                api.get(
                        path,
                        "customer="
                                + firstOf("/v1/subscriptions").path("customer").asText());
            case "subscription" ->
                api.get(
                        path,
                        "subscription="
                                + firstOf("/v1/subscriptions").path("id").asText());
            default -> all;
        };
    }

    private static ObjectNode without(JsonNode shown) {
        ObjectNode rest = shown.deepCopy();
        rest.remove("metadata");
        rest.remove(CHANGED_BY_READING);
        return rest;
    }

    private static List<String> ids(Answer answer) {
        return StreamSupport.stream(answer.body().path("data").spliterator(), false)
                .map(element -> element.path("id").asText())
                .toList();
    }
}
