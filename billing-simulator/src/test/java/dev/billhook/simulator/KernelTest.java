package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Request conventions")
class KernelTest extends ApiTest {

    KernelTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("a key is taken as bearer token and as the user of basic authentication")
    void keys() {
        String basic = Base64.getEncoder().encodeToString("rk_test_other:".getBytes(StandardCharsets.UTF_8));
        assertThat(new ApiClient(simulator.baseUrl(), "Basic " + basic)
                        .get("/v1/customers")
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/v1/customers").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer pk_test_1234", "Bearer sk_live_12345", "Basic !!!", "Digest x"})
    @DisplayName("without a secret key of the right mode the answer is 401")
    void noKey(String authorization) {
        Answer answer = new ApiClient(simulator.baseUrl(), authorization).get("/v1/customers");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("/error/type")).isEqualTo("invalid_request_error");
    }

    @Test
    @DisplayName("an address that is not served answers Stripe's 404 and names the request")
    void unknownUrl() {
        Answer answer = api.get("/v1/nothing/here");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/error/message")).contains("GET: /v1/nothing/here");
    }

    @Test
    @DisplayName("every answer carries a request id, the version and the simulated date")
    void headers() {
        simulator.advance(java.time.Period.ofYears(3));
        Answer answer = api.get("/v1/customers");
        assertThat(answer.header("request-id")).startsWith("req_");
        assertThat(answer.header("stripe-version")).isEqualTo("2026-07-29.dahlia");
        ZonedDateTime date = ZonedDateTime.parse(answer.header("date"), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(date.toInstant()).isEqualTo(simulator.now());
    }

    @Test
    @DisplayName("the Stripe-Version of the request is echoed")
    void version() {
        Answer answer = api.send(api.request("/v1/customers")
                .header("Stripe-Version", "2025-09-30.clover")
                .GET());
        assertThat(answer.header("stripe-version")).isEqualTo("2025-09-30.clover");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/customers, foo=1, 400, parameter_unknown, foo",
        "/v1/customers, address[planet]=Mars, 400, parameter_unknown, address[planet]",
        "/v1/products, description=x, 400, parameter_missing, name",
        "/v1/prices, currency=usd, 400, parameter_missing, product",
        "/v1/customers, balance=abc, 400, parameter_invalid_integer, balance",
        "/v1/products, name=, 400, parameter_invalid_empty, name",
        "/v1/subscriptions, customer=cus_nobody, 400, resource_missing, customer",
        "/v1/customers/cus_nobody, name=x, 404, resource_missing, id",
        "/v1/customers, address=x, 400, parameter_invalid_object, address",
    })
    @DisplayName("wrong parameters are refused with Stripe's code, status and parameter")
    void wrongParameters(String path, String param, int status, String code, String name) {
        Answer answer = api.post(path, param);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/error/code")).isEqualTo(code);
        assertThat(answer.text("/error/param")).isEqualTo(name);
    }

    @Test
    @DisplayName("an enumerated parameter takes only its values")
    void enumerated() {
        Answer answer = api.post("/v1/checkout/sessions", "mode=gift", "success_url=https://x");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo("mode");
    }

    @Test
    @DisplayName("nested and indexed parameters build objects and lists, in the order of their indexes")
    void nesting() {
        Answer product = api.post(
                "/v1/products",
                "name=P",
                "images[1]=https://b",
                "images[0]=https://a",
                "marketing_features[][name]=Fast",
                "metadata[a]=1");
        assertThat(product.body().path("images")).hasSize(2);
        assertThat(product.text("/images/0")).isEqualTo("https://a");
        assertThat(product.text("/marketing_features/0/name")).isEqualTo("Fast");
        assertThat(product.text("/metadata/a")).isEqualTo("1");
    }

    @Test
    @DisplayName("metadata is merged: given keys are set, empty ones removed, an empty parameter clears all")
    void metadata() {
        String id = api.post("/v1/customers", "metadata[a]=1", "metadata[b]=2").id();
        Answer merged = api.post("/v1/customers/" + id, "metadata[b]=", "metadata[c]=3");
        assertThat(merged.body().path("metadata").toString()).isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
        assertThat(api.post("/v1/customers/" + id, "metadata=").body().path("metadata"))
                .isEmpty();
    }

    @Test
    @DisplayName("the same idempotency key gives the same answer and does nothing twice")
    void idempotency() {
        Map<String, String> key = Map.of("Idempotency-Key", "k1");
        Answer first = api.post("/v1/customers", key, "name=A");
        Answer second = api.post("/v1/customers", key, "name=A");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.header("idempotent-replayed")).isEqualTo("true");
        assertThat(api.get("/v1/customers").body().path("data")).hasSize(1);
    }

    @Test
    @DisplayName("the same idempotency key with other parameters is an idempotency_error")
    void idempotencyMismatch() {
        Map<String, String> key = Map.of("Idempotency-Key", "k1");
        api.post("/v1/customers", key, "name=A");
        Answer other = api.post("/v1/customers", key, "name=B");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text("/error/type")).isEqualTo("idempotency_error");
    }

    @Test
    @DisplayName("a decline is replayed by its key, a wrong parameter is not remembered")
    void idempotentErrors() {
        Map<String, String> key = Map.of("Idempotency-Key", "k2");
        assertThat(api.post("/v1/customers", key, "nope=1").status()).isEqualTo(400);
        assertThat(api.post("/v1/customers", key, "name=A").status()).isEqualTo(200);
        Map<String, String> pay = Map.of("Idempotency-Key", "k3");
        String[] params = {"amount=100", "currency=usd", "confirm=true", "payment_method=pm_card_chargeDeclined"};
        assertThat(api.post("/v1/payment_intents", pay, params).status()).isEqualTo(402);
        Answer replayed = api.post("/v1/payment_intents", pay, params);
        assertThat(replayed.status()).isEqualTo(402);
        assertThat(replayed.header("idempotent-replayed")).isEqualTo("true");
        assertThat(api.get("/v1/payment_intents").body().path("data")).hasSize(1);
    }

    @Test
    @DisplayName("lists are newest first and walked with starting_after and ending_before")
    void paging() {
        List<String> ids = java.util.stream.IntStream.range(0, 5)
                .mapToObj(i -> api.post("/v1/customers", "name=" + i).id())
                .toList();
        Answer first = api.get("/v1/customers", "limit=2");
        assertThat(first.text("/data/0/id")).isEqualTo(ids.get(4));
        assertThat(first.body().path("has_more").asBoolean()).isTrue();
        Answer second = api.get("/v1/customers", "limit=10", "starting_after=" + ids.get(3));
        assertThat(second.body().path("data")).hasSize(3);
        assertThat(second.body().path("has_more").asBoolean()).isFalse();
        Answer back = api.get("/v1/customers", "limit=2", "ending_before=" + ids.get(1));
        assertThat(back.text("/data/0/id")).isEqualTo(ids.get(3));
        assertThat(back.text("/data/1/id")).isEqualTo(ids.get(2));
        assertThat(api.get("/v1/customers", "starting_after=cus_x").text("/error/code"))
                .isEqualTo("resource_missing");
        assertThat(api.get("/v1/customers", "limit=101").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("expand replaces ids by objects, several levels deep and through lists")
    void expand() {
        String subscription =
                shop.subscribe(shop.customer(), shop.monthly(1000)).id();
        Answer answer = api.get(
                "/v1/subscriptions",
                "expand[]=data.customer.invoice_settings.default_payment_method",
                "expand[]=data.latest_invoice.payments.data.payment.payment_intent.latest_charge"
                        .replace(".latest_charge", ""),
                "expand[]=data.items.data.price.product");
        assertThat(answer.text("/data/0/id")).isEqualTo(subscription);
        assertThat(answer.text("/data/0/customer/invoice_settings/default_payment_method/card/last4"))
                .isEqualTo("4242");
        assertThat(answer.text("/data/0/latest_invoice/payments/data/0/payment/payment_intent/status"))
                .isEqualTo("succeeded");
        assertThat(answer.text("/data/0/items/data/0/price/product/object")).isEqualTo("product");
        Answer wrong = api.get("/v1/subscriptions/" + subscription, "expand[]=status");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("/error/message")).contains("cannot be expanded");
    }

    @Test
    @DisplayName("search understands fields, metadata, AND, OR, minus, ~ and comparisons")
    void search() {
        String a = api.post("/v1/customers", "email=a@example.com", "metadata[team]=red")
                .id();
        String b = api.post("/v1/customers", "email=b@example.com", "metadata[team]=blue")
                .id();
        assertThat(found("email:'a@example.com'")).containsExactly(a);
        assertThat(found("metadata[\"team\"]:\"blue\"")).containsExactly(b);
        assertThat(found("email~'example' AND -metadata['team']:'red'")).containsExactly(b);
        assertThat(found("email:'a@example.com' OR email:'b@example.com'")).containsExactly(b, a);
        assertThat(found("created>0 AND name:null")).containsExactly(b, a);
        assertThat(api.get("/v1/customers/search", "query=email:").status()).isEqualTo(400);
        assertThat(api.get("/v1/customers/search", "query=livemode:'false'").status())
                .isEqualTo(400);
        assertThat(api.get("/v1/customers/search", "query=email['x']:'y'").status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("requests can be refused with 429 on demand")
    void rateLimit() {
        simulator.refuseNextRequests(1);
        Answer refused = api.get("/v1/customers");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("/error/code")).isEqualTo("rate_limit");
        assertThat(api.get("/v1/customers").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a request that fails leaves nothing behind, not even events")
    void rollback() {
        String customer = api.post("/v1/customers", "name=A").id();
        int events = api.events().size();
        Answer failed = api.post(
                "/v1/subscriptions",
                "customer=" + customer,
                "items[0][price_data][currency]=usd",
                "items[0][price_data][product]=" + shop.product("P"),
                "items[0][price_data][recurring][interval]=month",
                "items[0][price_data][unit_amount]=500");
        assertThat(failed.status()).isEqualTo(400);
        assertThat(api.get("/v1/subscriptions", "status=all").body().path("data"))
                .isEmpty();
        assertThat(api.get("/v1/prices").body().path("data")).isEmpty();
        assertThat(api.events()).hasSize(events + 1);
    }

    private List<String> found(String query) {
        return api.get("/v1/customers/search", "query=" + query).body().findValuesAsText("id");
    }
}
