package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.kernel.ApiError;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("D10: a snapshot")
class SnapshotTest {
    private static final long SEED = Long.getLong("billhook.seed", 7L);
    private static final Map<String, String> KEY = Map.of("Idempotency-Key", "made-before");

    @TempDir
    private Path directory;

    @Test
    @DisplayName("changes nothing: life that goes on from it is life without it, event by event")
    void sameLife() throws IOException {
        Path between = directory.resolve("between.json");
        Path without = directory.resolve("without.json");
        Path with = directory.resolve("with.json");
        try (StripeSimulator one = simulator()) {
            firstHalf(one);
            one.snapshot(between);
            secondHalf(one);
            one.snapshot(without);
        }
        try (StripeSimulator other = StripeSimulator.builder()
                .seed(SEED + 1)
                .startAt(Instant.EPOCH)
                .from(between)
                .start()) {
            secondHalf(other);
            other.snapshot(with);
        }
        assertThat(lines(with)).containsExactlyElementsOf(lines(without));
        assertThat(lines(with)).hasSizeGreaterThan(200);
    }

    @Test
    @DisplayName("goes over HTTP, with the endpoints and the answers of idempotency keys in it")
    void overHttp() {
        try (StripeSimulator one = simulator();
                StripeSimulator other = simulator()) {
            one.registerWebhook("http://127.0.0.1:9/hook", "whsec_kept");
            String id = new ApiClient(one).post("/v1/customers", KEY, "name=A").id();
            String snapshot = new ApiClient(one.baseUrl(), "")
                    .get("/_sim/snapshot")
                    .response()
                    .body();
            ApiClient control = new ApiClient(other.baseUrl(), "");
            Answer taken =
                    control.send(control.request("/_sim/snapshot").POST(HttpRequest.BodyPublishers.ofString(snapshot)));
            assertThat(taken.status()).isEqualTo(200);
            ApiClient api = new ApiClient(other);
            Answer replayed = api.post("/v1/customers", KEY, "name=A");
            assertThat(replayed.id()).isEqualTo(id);
            assertThat(replayed.header("idempotent-replayed")).isEqualTo("true");
            assertThat(api.get("/v1/webhook_endpoints").text("/data/0/url")).isEqualTo("http://127.0.0.1:9/hook");
        }
    }

    @Test
    @DisplayName("keeps the endpoints of the simulator it is taken up by, and does not double those it has")
    void endpoints() {
        Path file = directory.resolve("world.json");
        try (StripeSimulator one = simulator()) {
            one.registerWebhook("http://127.0.0.1:9/same", "whsec_same");
            one.snapshot(file);
        }
        try (StripeSimulator other = StripeSimulator.builder().from(file).start()) {
            assertThat(other.registerWebhook("http://127.0.0.1:9/same")).isEqualTo("whsec_same");
            other.registerWebhook("http://127.0.0.1:9/own");
            other.restore(file);
            assertThat(urls(other)).containsExactlyInAnyOrder("http://127.0.0.1:9/same", "http://127.0.0.1:9/own");
            other.registerWebhook("http://127.0.0.1:9/own");
            assertThat(urls(other)).hasSize(3);
        }
    }

    @Test
    @DisplayName("that is none, or is broken, is refused")
    void refused() throws IOException {
        Path broken = directory.resolve("broken.json");
        try (StripeSimulator simulator = simulator()) {
            ApiClient control = new ApiClient(simulator.baseUrl(), "");
            for (String text : List.of(
                    "",
                    "{}",
                    "[]",
                    "{\"format\":2}",
                    "{\"format\":1,\"livemode\":true}",
                    "{\"format\":1,\"documents\":[{}]}",
                    "{\"format\":1,\"time\":3}",
                    "{\"format\":1,\"documents\":7}",
                    "{\"format\":1,\"timers\":[{\"at\":1")) {
                Answer answer =
                        control.send(control.request("/_sim/snapshot").POST(HttpRequest.BodyPublishers.ofString(text)));
                assertThat(answer.status()).as(text).isEqualTo(400);
                Files.writeString(broken, text);
                assertThatThrownBy(() -> simulator.restore(broken)).as(text).isInstanceOf(ApiError.class);
            }
            assertThat(new ApiClient(simulator).post("/v1/customers", "name=A").status())
                    .isEqualTo(200);
        }
    }

    private static List<String> urls(StripeSimulator simulator) {
        List<String> urls = new ArrayList<>();
        new ApiClient(simulator)
                .get("/v1/webhook_endpoints")
                .body()
                .path("data")
                .forEach(endpoint -> urls.add(endpoint.path("url").asText()));
        return urls;
    }

    private static StripeSimulator simulator() {
        return StripeSimulator.builder()
                .seed(SEED)
                .startAt(Instant.parse("2027-01-31T10:00:00Z"))
                .start();
    }

    private static void firstHalf(StripeSimulator simulator) {
        new FuzzedWorld(simulator).fill(new ArrayList<>());
        ApiClient api = new ApiClient(simulator);
        String gone = api.post("/v1/customers", "name=Gone").id();
        api.delete("/v1/customers/" + gone);
        Answer clock = api.post("/v1/test_helpers/test_clocks", "frozen_time=1800000000");
        Shop shop = new Shop(api);
        String timed =
                api.post("/v1/customers", "name=T", "test_clock=" + clock.id()).id();
        shop.subscribe(timed, shop.monthly(500), "trial_period_days=10");
        simulator.advance(Period.ofDays(17));
    }

    private static void secondHalf(StripeSimulator simulator) {
        simulator.advance(Period.ofMonths(2));
        ApiClient api = new ApiClient(simulator);
        for (var clock : api.get("/v1/test_helpers/test_clocks").body().path("data")) {
            api.post(
                    "/v1/test_helpers/test_clocks/" + clock.path("id").asText() + "/advance",
                    "frozen_time=" + (clock.path("frozen_time").asLong() + 40 * 86_400));
        }
        for (var subscription : api.get("/v1/subscriptions").body().path("data")) {
            api.post("/v1/subscriptions/" + subscription.path("id").asText(), "cancel_at_period_end=true");
        }
        new Shop(api).customer();
        simulator.advance(Period.ofMonths(2));
    }

    /** Addresses differ by the port, and so do lines that tell them. */
    private static List<String> lines(Path snapshot) throws IOException {
        return Files.readAllLines(snapshot).stream()
                .map(line -> line.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1"))
                .toList();
    }
}
