package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Run it longer with {@code -Dbillhook.fuzz.requests=100000}, and again with {@code -Dbillhook.seed=…}. */
@DisplayName("D10: whatever is sent")
class RequestFuzzTest {
    private static final long SEED = Long.getLong("billhook.seed", 1L);
    private static final int REQUESTS = Integer.getInteger("billhook.fuzz.requests", 3_000);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");
    private static final String LONG = "x".repeat(10_000);
    private static final List<String> JUNK = List.of(
            "",
            "0",
            "-1",
            "1",
            "99",
            "1.5",
            "-0.00",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999999",
            "1e400",
            "2147483648",
            "32503680000",
            "1800000000",
            "NaN",
            "true",
            "false",
            "null",
            "none",
            "now",
            "unset",
            "usd",
            "eur",
            "xyz",
            "month",
            "charge_automatically",
            "send_invoice",
            "allow_incomplete",
            "default_incomplete",
            "always_invoice",
            "pm_card_visa",
            "pm_card_chargeDeclined",
            "pm_card_authenticationRequired",
            "inf",
            "up_to",
            LONG,
            "\u0000",
            "\uD83D\uDCB8",
            "' OR 1=1 --",
            "<script>",
            "../../etc/passwd",
            "[]",
            "{}",
            "%",
            "customer.invoice_settings.default_payment_method",
            "data.customer",
            "latest_invoice.payments.data.payment.payment_intent",
            "...",
            "metadata['a']:'b' AND created>1",
            "email:\"",
            "cus_nobody",
            "sub_",
            "_");
    private static final List<String> GARBAGE = List.of(
            "%",
            "%zz=1",
            "a[",
            "a[b",
            "[]=1",
            "=",
            "&&",
            "a]=1",
            "items[0]=1&items[0][price]=2",
            "a[b][c][d][e]=1",
            "items[x][price]=1",
            "items[-1][price]=1",
            "items[99999999999][price]=1",
            "expand=1",
            "expand[][]=1",
            "metadata[a][b]=1",
            "metadata=1",
            "metadata[]=1",
            "items=",
            "%c3%28=1",
            "\u0000=\u0000",
            "limit=%",
            "a=1;b=2");

    private final Random random = new Random(SEED);
    private final List<Map.Entry<String, String>> ids = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private StripeSimulator simulator;
    private RawHttp http;

    @BeforeEach
    void start() {
        simulator = StripeSimulator.builder()
                .startAt(Instant.parse("2027-01-31T00:00:00Z"))
                .seed(SEED)
                .start();
        http = new RawHttp(simulator);
        new FuzzedWorld(simulator).fill(requests);
        collect();
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        simulator.close();
    }

    @Test
    @DisplayName("the API answers in its own way and never with a failure of the server")
    void api() {
        List<String> routes = simulator.routes();
        for (int i = 0; i < REQUESTS; i++) {
            if (random.nextBoolean()) {
                String[] known = requests.get(random.nextInt(requests.size())).split(" ", 3);
                send(known[0], known[1], mutated(known[2]));
            } else {
                String route = routes.get(random.nextInt(routes.size()));
                String[] parts = route.split(" ", 2);
                send(
                        parts[0],
                        filled(parts[1]),
                        invented(simulator.assembly().router().parameters(route)));
            }
            if (i % 500 == 499) {
                advance(random.nextInt(20));
                collect();
            }
        }
        advance(70);
        for (String route : routes) {
            if (route.startsWith("GET ") && !route.contains("{")) {
                assertThat(http.request("GET", route.substring(4), "").status())
                        .as("seed %d: %s", SEED, route)
                        .isLessThan(500);
            }
        }
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("pages and the control API never fail")
    void pages() {
        List<String> targets = List.of(
                "/pay/{id}",
                "/pay/{id}/authenticate",
                "/portal/{id}",
                "/portal/{id}/cancel",
                "/portal/{id}/switch",
                "/portal/{id}/{id}",
                "/portal/{id}/{id}/{id}",
                "/invoice/{id}",
                "/invoice/{id}/pay",
                "/invoice/{id}/pdf",
                "/credit_note/{id}/pdf",
                "/recover/{id}",
                "/invoice/{id}/{id}",
                "/3ds/{id}",
                "/receipts/{id}",
                "/dashboard",
                "/dashboard/{id}",
                "/dashboard/subscriptions",
                "/dashboard/subscriptions/{id}",
                "/dashboard/events/{id}",
                "/dashboard/clock",
                "/assets/{id}",
                "/{id}",
                "/",
                "//",
                "/_sim/health",
                "/_sim/events/{id}/resend",
                "/_sim/events/{id}",
                "/_sim/deliveries",
                "/_sim/webhooks",
                "/_sim/chaos",
                "/_sim/faults/{id}",
                "/_sim/snapshot",
                "/_sim/disputes",
                "/_sim/disputes/{id}",
                "/_sim/tax",
                "/_sim/seed",
                "/_sim/dunning",
                "/_sim/{id}",
                "/_sim/routes",
                "/_sim/clock");
        for (int i = 0; i < REQUESTS / 3; i++) {
            String target = filled(targets.get(random.nextInt(targets.size())));
            String method = random.nextInt(3) == 0 ? "POST" : random.nextInt(20) == 0 ? "DELETE" : "GET";
            String form = target.startsWith("/_sim/clock") || target.startsWith("/dashboard/clock")
                    ? "days=" + JUNK.get(random.nextInt(4))
                    : invented(List.of(
                            "card_number",
                            "exp",
                            "cvc",
                            "email",
                            "price",
                            "quantity",
                            "code",
                            "reason",
                            "result",
                            "url",
                            "secret",
                            "after",
                            "subscription",
                            "payment_method",
                            "name",
                            "country",
                            "postal_code",
                            "csrf",
                            "events[0]",
                            "drop",
                            "delay",
                            "seed",
                            "limit",
                            "cancel",
                            "action"));
            int status = http.request(method, target, form).status();
            assertThat(status)
                    .as("seed %d: %s %s with %s", SEED, method, target, form)
                    .isBetween(200, 499);
        }
    }

    private void advance(int days) {
        try {
            simulator.advance(Duration.ofDays(days));
        } catch (RuntimeException e) {
            failures.add("seed " + SEED + ": the clock stops with " + e);
        }
    }

    private void send(String method, String path, String params) {
        boolean query = !"POST".equals(method);
        String target = query && !params.isEmpty() ? path + "?" + params : path;
        RawHttp.Answer answer = http.request(method, target.replace(' ', '+'), query ? "" : params);
        String as = "seed %d: %s %s with %s".formatted(SEED, method, path, params);
        if (answer.status() < 200 || answer.status() > 499) {
            failures.add(as + " answers " + answer.status());
        }
        if (answer.head().contains("application/json") && answer.status() >= 400) {
            JsonNode error = json(answer.body(), as).path("error");
            assertThat(error.path("type").asText()).as(as).endsWith("_error");
            assertThat(error.path("message").asText()).as(as).isNotEmpty();
        }
    }

    private static JsonNode json(String body, String as) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError(as + " answers " + body, e);
        }
    }

    /** A request that is known to be good with a little wrong with it. */
    private String mutated(String params) {
        List<String> pairs = new ArrayList<>(params.isEmpty() ? List.of() : Arrays.asList(params.split("&", -1)));
        for (int left = 1 + random.nextInt(2); left > 0; left--) {
            int at = pairs.isEmpty() ? 0 : random.nextInt(pairs.size());
            int what = pairs.isEmpty() ? 5 : random.nextInt(6);
            switch (what) {
                case 0 -> pairs.remove(at);
                case 1 -> pairs.add(pairs.get(at));
                case 2 ->
                    pairs.set(at, pairs.get(at).replaceFirst("%5B0%5D|\\[0\\]", some("[]", "[x]", "[7]", "[-1]", "")));
                case 3 -> pairs.add(GARBAGE.get(random.nextInt(GARBAGE.size())));
                case 4 -> pairs.set(at, pairs.get(at).replace("=", "[" + some("", "0", "a") + "]="));
                default -> {
                    if (pairs.isEmpty()) {
                        pairs.add("name=" + value());
                    } else {
                        pairs.set(at, pairs.get(at).split("=", 2)[0] + "=" + value());
                    }
                }
            }
        }
        return String.join("&", pairs);
    }

    /** Parameters the route knows, with values that may or may not make sense. */
    private String invented(List<String> names) {
        if (names.isEmpty() || random.nextInt(20) == 0) {
            return GARBAGE.get(random.nextInt(GARBAGE.size()));
        }
        return IntStream.range(0, random.nextInt(7))
                .mapToObj(i -> names.get(random.nextInt(names.size())) + "=" + value())
                .collect(Collectors.joining("&"));
    }

    private String value() {
        String value = random.nextInt(3) == 0
                ? ids.get(random.nextInt(ids.size())).getValue()
                : JUNK.get(random.nextInt(JUNK.size()));
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** A path with identifiers that fit, mostly. */
    private String filled(String template) {
        Matcher variable = VARIABLE.matcher(template);
        StringBuilder path = new StringBuilder();
        while (variable.find()) {
            String[] before = template.substring(0, variable.start()).split("/", -1);
            String noun = before.length < 2 ? "" : before[before.length - 2];
            List<String> fitting = ids.stream()
                    .filter(id -> noun.startsWith(id.getKey()) || noun.isEmpty())
                    .map(Map.Entry::getValue)
                    .toList();
            String id = random.nextInt(8) == 0
                    ? value()
                    : fitting.isEmpty() || random.nextInt(8) == 0
                            ? ids.get(random.nextInt(ids.size())).getValue()
                            : fitting.get(random.nextInt(fitting.size()));
            variable.appendReplacement(path, Matcher.quoteReplacement(id));
        }
        return variable.appendTail(path).toString();
    }

    private String some(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void collect() {
        ids.clear();
        simulator.assembly().simulation().exclusively(() -> {
            simulator.assembly().simulation().store().everything().forEach(this::collect);
            return ids;
        });
    }

    private void collect(ObjectNode doc) {
        String type = Docs.textOf(doc, "object");
        if (!"event".equals(type) || random.nextInt(10) == 0) {
            ids.add(Map.entry(type.substring(type.lastIndexOf('.') + 1), Docs.textOf(doc, "id")));
        }
        Docs.objects(doc, "items")
                .forEach(item ->
                        ids.add(Map.entry("subscription_item", item.path("id").asText("x"))));
    }
}
