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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D10 Recordings are held against Stripe's types")
class TypeCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COUPON = "POST /v1/coupons";

    private static final Map<String, List<String>> RECORDED = new TreeMap<>();

    private static ObjectNode made;
    private static TypeCheck check;

    @BeforeAll
    static void compileOnce(@TempDir Path folder) throws Exception {
        NodeModule.tools();
        made = madeCoupon();
        good();
        spoiledObjects();
        spoiledParts();
        spoiledRequests();
        for (Map.Entry<String, List<String>> module : RECORDED.entrySet()) {
            Files.write(folder.resolve(module.getKey() + "-1-2.jsonl"), module.getValue());
        }
        check = TypeCheck.of(Recordings.since(Instant.EPOCH, folder), NodeModule.FOLDER, folder.resolve("literals"));
    }

    private static void good() throws Exception {
        answer("good", COUPON, 200, coupon());
        answer("good", "GET /v1/coupons", 200, page(coupon()));
        answer("good", "DELETE /v1/coupons/{coupon}", 200, json("{'id':'c','object':'coupon','deleted':true}"));
        String error = "{'error':{'type':'invalid_request_error','message':'No.','param':'duration'}}";
        answer("good", COUPON, 400, json(error));
        event("good", json("{'percent_off':null,'metadata':{'colour':null}}"), "coupon.updated");
        String form = "{'duration':'repeating','duration_in_months':'3','percent_off':'12.5','metadata':{'a':'b'}}";
        request("good", json(form));
    }

    private static void spoiledObjects() {
        spoiled(coupon -> coupon.remove("valid"));
        spoiled(coupon -> coupon.put("created", "yesterday"));
        spoiled(coupon -> coupon.put("colour", "red"));
        spoiled(coupon -> coupon.put("duration", "eternal"));
        spoiled(coupon -> coupon.putNull("applies_to"));
    }

    private static void spoiledParts() throws Exception {
        answer("parts", "GET /v1/coupons", 200, page(coupon().put("colour", "red")));
        answer("parts", "GET /v1/coupons", 200, page(coupon()).put("total_count", 1));
        event("parts", json("{'colour':'red'}"), "coupon.updated");
        event("parts", json("{}"), "coupon.expired");
        answer("parts", COUPON, 400, json("{'error':{'type':'bad_request','message':'No.'}}"));
        answer("parts", "GET /v1/vouchers", 200, json("{'id':'v','object':'voucher'}"));
    }

    private static void spoiledRequests() throws Exception {
        request("requests", json("{'duration':'once','colour':'red'}"));
        request("requests", json("{'duration':'once','percent_off':'half'}"));
        request("requests", json("{'duration':'eternal'}"));
        request("requests", json("{'applies_to':{'products':'prod_1'}}"));
    }

    @Test
    @DisplayName("what the simulator answers has no violation, be it an object, a page, an error or an event")
    void accepts() {
        assertThat(violations("good")).isEmpty();
        assertThat(check.endpoints()).isEqualTo(3);
        assertThat(check.requests()).isEqualTo(5);
        // Pages count themselves and each of their elements; what Stripe does not know is not compiled.
        assertThat(check.shapes()).isEqualTo(6 + 5 + 6);
    }

    @Test
    @DisplayName(
            "a missing key, another type, an unknown key and an undocumented word are violations, each with its place")
    void refusesObjects() {
        List<Violation> violations = violations("objects");

        assertThat(violations)
                .extracting(Violation::key)
                .containsExactly("", "created", "colour", "duration", "applies_to");
        assertThat(violations).extracting(Violation::what).containsOnly(COUPON);
        assertThat(violations.get(0).message()).contains("'valid' is missing");
        assertThat(violations.get(2).message()).contains("does not exist in type 'Coupon'");
    }

    @Test
    @DisplayName("the same holds for elements of pages, for objects within events and for errors")
    void refusesParts() {
        assertThat(violations("parts"))
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
    void refusesRequests() {
        assertThat(violations("requests"))
                .extracting(Violation::key)
                .containsExactly("colour", "percent_off", "duration", "applies_to.products");
    }

    private static List<Violation> violations(String module) {
        return check.violations().stream()
                .filter(violation -> violation.module().equals(module))
                .toList();
    }

    private static void spoiled(Consumer<ObjectNode> change) {
        ObjectNode coupon = coupon();
        change.accept(coupon);
        answer("objects", COUPON, 200, coupon);
    }

    private static void answer(String module, String route, int status, JsonNode body) {
        add(module, line("answer", body).put("route", route).put("status", status));
    }

    private static void request(String module, JsonNode form) {
        ObjectNode line = line("request", form).put("route", COUPON).put("status", 200);
        add(module, line.put("client", "Stripe/v1 JavaBindings/33.3.0"));
    }

    private static void event(String module, JsonNode previous, String type) throws Exception {
        ObjectNode event = json("{'id':'evt_1','object':'event','api_version':'2026-07-29.dahlia','created':1,"
                + "'livemode':false,'pending_webhooks':0,'request':{'id':null,'idempotency_key':null}}");
        event.put("type", type);
        ObjectNode data = event.putObject("data");
        data.set("object", coupon());
        data.set("previous_attributes", previous);
        add(module, line("event", event));
    }

    private static void add(String module, ObjectNode line) {
        RECORDED.computeIfAbsent(module, name -> new ArrayList<>()).add(line.toString());
    }

    private static ObjectNode line(String kind, JsonNode body) {
        return JSON.createObjectNode().put("kind", kind).set("body", body);
    }

    private static ObjectNode page(JsonNode element) throws IOException {
        ObjectNode page = json("{'object':'list','has_more':false,'url':'/v1/coupons'}");
        page.putArray("data").add(element);
        return page;
    }

    private static ObjectNode coupon() {
        return made.deepCopy();
    }

    private static ObjectNode madeCoupon() throws Exception {
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
