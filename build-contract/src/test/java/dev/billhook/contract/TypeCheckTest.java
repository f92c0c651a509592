package dev.billhook.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.StripeSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D10 Recordings are held against Stripe's types")
class TypeCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COUPON = "POST /v1/coupons";

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void needsNode() throws IOException {
        NodeModule.tools();
    }

    @Test
    @DisplayName("what the simulator answers has no violation, be it an object, a page, an error or an event")
    void accepts() throws Exception {
        answer(COUPON, 200, coupon());
        answer("GET /v1/coupons", 200, page(coupon()));
        answer("DELETE /v1/coupons/{coupon}", 200, json("{'id':'c','object':'coupon','deleted':true}"));
        answer(COUPON, 400, json("{'error':{'type':'invalid_request_error','message':'No.','param':'duration'}}"));
        event(json("{'percent_off':null,'metadata':{'colour':null}}"), "coupon.updated");
        request(json("{'duration':'repeating','duration_in_months':'3','percent_off':'12.5','metadata':{'a':'b'}}"));

        TypeCheck check = check();

        assertThat(check.violations()).isEmpty();
        assertThat(check.endpoints()).isEqualTo(3);
        assertThat(check.shapes()).isEqualTo(6);
        assertThat(check.requests()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "a missing key, another type, an unknown key and an undocumented word are violations, each with its place")
    void refusesObjects() throws Exception {
        spoiled(coupon -> coupon.remove("valid"));
        spoiled(coupon -> coupon.put("created", "yesterday"));
        spoiled(coupon -> coupon.put("colour", "red"));
        spoiled(coupon -> coupon.put("duration", "eternal"));
        spoiled(coupon -> coupon.putNull("applies_to"));

        List<Violation> violations = check().violations();

        assertThat(violations)
                .extracting(Violation::key)
                .containsExactly("", "created", "colour", "duration", "applies_to");
        assertThat(violations).extracting(Violation::what).containsOnly(COUPON);
        assertThat(violations.get(0).message()).contains("'valid' is missing");
        assertThat(violations.get(2).message()).contains("does not exist in type 'Coupon'");
    }

    @Test
    @DisplayName("the same holds for elements of pages, for objects within events and for errors")
    void refusesParts() throws Exception {
        answer("GET /v1/coupons", 200, page(coupon().put("colour", "red")));
        answer("GET /v1/coupons", 200, page(coupon()).put("total_count", 1));
        event(json("{'colour':'red'}"), "coupon.updated");
        event(json("{}"), "coupon.expired");
        answer(COUPON, 400, json("{'error':{'type':'bad_request','message':'No.'}}"));
        answer("GET /v1/vouchers", 200, json("{'id':'v','object':'voucher'}"));

        assertThat(check().violations())
                .extracting(violation -> violation.what() + " " + violation.key())
                .containsExactlyInAnyOrder(
                        "GET /v1/coupons colour",
                        "GET /v1/coupons total_count",
                        "webhook event coupon.updated data.previous_attributes.colour",
                        "webhook type",
                        COUPON + " type",
                        "GET /v1/vouchers ");
    }

    @Test
    @DisplayName("a request with an unknown parameter, another type or an undocumented word is a violation")
    void refusesRequests() throws Exception {
        request(json("{'duration':'once','colour':'red'}"));
        request(json("{'duration':'once','percent_off':'half'}"));
        request(json("{'duration':'eternal'}"));
        request(json("{'applies_to':{'products':'prod_1'}}"));

        assertThat(check().violations())
                .extracting(Violation::key)
                .containsExactly("colour", "percent_off", "duration", "applies_to.products");
    }

    private TypeCheck check() throws IOException {
        Files.write(folder.resolve("some-module-1-2.jsonl"), lines);
        Recordings recordings = Recordings.since(java.time.Instant.EPOCH, folder);
        return TypeCheck.of(recordings, NodeModule.FOLDER, folder.resolve("literals"));
    }

    private void spoiled(Consumer<ObjectNode> change) throws Exception {
        ObjectNode coupon = coupon();
        change.accept(coupon);
        answer(COUPON, 200, coupon);
    }

    private void answer(String route, int status, JsonNode body) {
        lines.add(line("answer", body).put("route", route).put("status", status).toString());
    }

    private void request(JsonNode form) {
        lines.add(line("request", form)
                .put("route", COUPON)
                .put("status", 200)
                .put("client", "Stripe/v1 JavaBindings/33.3.0")
                .toString());
    }

    private void event(JsonNode previous, String type) throws Exception {
        ObjectNode event =
                json("{'id':'evt_1','object':'event','api_version':'2026-07-29.dahlia','created':1,'livemode':false,"
                        + "'pending_webhooks':0,'request':{'id':null,'idempotency_key':null}}");
        event.put("type", type);
        ObjectNode data = event.putObject("data");
        data.set("object", coupon());
        data.set("previous_attributes", previous);
        lines.add(line("event", event).toString());
    }

    private static ObjectNode line(String kind, JsonNode body) {
        return JSON.createObjectNode().put("kind", kind).set("body", body);
    }

    private static ObjectNode page(JsonNode element) throws IOException {
        ObjectNode page = json("{'object':'list','has_more':false,'url':'/v1/coupons'}");
        page.putArray("data").add(element);
        return page;
    }

    private static ObjectNode coupon() throws Exception {
        try (StripeSimulator stripe = StripeSimulator.start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(stripe.baseUrl() + "/v1/coupons"))
                    .header("Authorization", "Bearer " + stripe.apiKey())
                    .POST(HttpRequest.BodyPublishers.ofString("percent_off=10&duration=once"))
                    .build();
            return (ObjectNode) JSON.readTree(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        }
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
