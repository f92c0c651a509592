package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("D10: requests that go wrong on purpose")
class FaultTest {
    private static final CustomerCreateParams JANE =
            CustomerCreateParams.builder().setName("Jane").build();

    /** The JDK's HttpURLConnection, on which stripe-java stands, sends a POST once more by itself when no answer comes. */
    private static final int SENT_TWICE = 2;

    private StripeSimulator simulator;
    private ApiClient api;
    private ApiClient control;

    @BeforeEach
    void connect(StripeSimulator running) {
        simulator = running;
        api = new ApiClient(running);
        control = new ApiClient(running.baseUrl(), "");
    }

    @ParameterizedTest
    @CsvSource({
        "500, , api_error, ''",
        "503, , api_error, ''",
        "429, rate_limit, invalid_request_error, rate_limit",
        "409, lock_timeout, invalid_request_error, lock_timeout",
        "402, card_declined, card_error, card_declined"
    })
    @DisplayName("are answered with the status and code that was asked for, and nothing is done")
    void errors(int status, String code, String type, String shown) {
        Fault fault = Fault.error(status);
        simulator.faults().plan(2, code == null ? fault : fault.withCode(code));
        for (int i = 0; i < 2; i++) {
            Answer answer = api.post("/v1/customers", "name=Jane");
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text("/error/type")).isEqualTo(type);
            assertThat(answer.text("/error/code")).isEqualTo(shown);
            assertThat(answer.header("request-id")).startsWith("req_");
        }
        assertThat(customers()).isZero();
        assertThat(api.post("/v1/customers", "name=Jane").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("meet only the methods and paths they are for")
    void narrowed() {
        simulator.faults().plan(1, Fault.error(503).forMethod("POST").forPath("/v1/customers"));
        assertThat(customers()).isZero();
        assertThat(api.post("/v1/products", "name=P").status()).isEqualTo(200);
        assertThat(api.post("/v1/customers", "name=Jane").status()).isEqualTo(503);
        assertThat(api.post("/v1/customers", "name=Jane").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("meet by an asterisk the same action on any object")
    void anyObject() {
        String customer = api.post("/v1/customers", "name=Jane").id();
        simulator.faults().plan(9, Fault.error(500).forPath("/v1/customers/*/tax_ids"));
        assertThat(api.get("/v1/customers/" + customer).status()).isEqualTo(200);
        assertThat(api.get("/v1/customers/" + customer + "/sources").status()).isEqualTo(200);
        assertThat(api.get("/v1/customers/" + customer + "/tax_ids").status()).isEqualTo(500);
        simulator.faults().clear();
        assertThat(api.get("/v1/customers/" + customer + "/tax_ids").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("tell the client whether to try again")
    void shouldRetry() {
        simulator.faults().plan(1, Fault.lockTimeout());
        Answer locked = api.get("/v1/customers");
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.text("/error/code")).isEqualTo("lock_timeout");
        assertThat(locked.header("stripe-should-retry")).isEqualTo("true");
        simulator.faults().plan(1, Fault.error(500).withShouldRetry(false));
        assertThat(api.get("/v1/customers").header("stripe-should-retry")).isEqualTo("false");
    }

    @Test
    @DisplayName("end the connection before anything was done, which stripe-java's own retries do not cover")
    void dropped() throws StripeException {
        simulator.faults().plan(SENT_TWICE, Fault.dropped().forMethod("POST"));
        assertThatThrownBy(() -> client(2).v1().customers().create(JANE)).isInstanceOf(ApiConnectionException.class);
        assertThat(customers()).isZero();
        assertThat(client(0).v1().customers().create(JANE).getName()).isEqualTo("Jane");
        assertThat(customers()).isOne();
    }

    @Test
    @DisplayName("end the connection after everything was done, and a retry with the same key does nothing twice")
    void droppedAfterwards() throws StripeException {
        simulator.faults().plan(SENT_TWICE, Fault.dropped().afterwards().forMethod("POST"));
        RequestOptions key = RequestOptions.builder().setIdempotencyKey("jane").build();
        assertThatThrownBy(() -> client(0).v1().customers().create(JANE, key))
                .isInstanceOf(ApiConnectionException.class);
        assertThat(customers()).isOne();
        assertThat(client(0).v1().customers().create(JANE, key).getName()).isEqualTo("Jane");
        assertThat(customers()).isOne();
    }

    @Test
    @DisplayName("answer 500 after everything was done")
    void failedAfterwards() {
        simulator.faults().plan(1, Fault.error(500).afterwards());
        assertThatThrownBy(() -> client(0).v1().customers().create(JANE)).isInstanceOf(ApiException.class);
        assertThat(customers()).isOne();
    }

    @Test
    @DisplayName("come late, and the key of a request that is not answered yet is in use: 409")
    void late() throws InterruptedException {
        simulator.faults().plan(1, Fault.late(Duration.ofSeconds(1)).forMethod("POST"));
        Map<String, String> key = Map.of("Idempotency-Key", "slow");
        CompletableFuture<Answer> first =
                CompletableFuture.supplyAsync(() -> api.post("/v1/customers", key, "name=Jane"));
        while (customers() == 0) {
            Thread.onSpinWait();
        }
        Answer second = new ApiClient(simulator).post("/v1/customers", key, "name=Jane");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("/error/code")).isEqualTo("idempotency_key_in_use");
        assertThat(second.header("stripe-should-retry")).isEqualTo("true");
        Answer answered = first.join();
        assertThat(answered.status()).isEqualTo(200);
        Answer replayed = api.post("/v1/customers", key, "name=Jane");
        assertThat(replayed.id()).isEqualTo(answered.id());
        assertThat(replayed.header("original-request"))
                .isEqualTo(answered.header("request-id"))
                .isNotEqualTo(replayed.header("request-id"));
        assertThat(customers()).isOne();
    }

    @Test
    @DisplayName("are planned, read and taken back over HTTP")
    void overHttp() {
        Answer planned = control.post(
                "/_sim/faults",
                "requests=3",
                "outcome=error",
                "status=503",
                "method=POST",
                "path=/v1/customers",
                "should_retry=true");
        assertThat(planned.number("/data/0/requests")).isEqualTo(3);
        Answer failed = api.post("/v1/customers", "name=A");
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.header("stripe-should-retry")).isEqualTo("true");
        assertThat(control.get("/_sim/faults").number("/data/0/requests")).isEqualTo(2);
        assertThat(control.delete("/_sim/faults").body().path("data")).isEmpty();
        assertThat(api.post("/v1/customers", "name=A").status()).isEqualTo(200);
        assertThat(control.post("/_sim/faults", "status=200").status()).isEqualTo(400);
        assertThat(control.post("/_sim/faults", "delay_ms=-1").status()).isEqualTo(400);
        assertThat(control.post("/_sim/faults", "requests=-1").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("an idempotency key of more than 255 characters is refused")
    void longKey() {
        Answer refused = api.post("/v1/customers", Map.of("Idempotency-Key", "k".repeat(256)), "name=A");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/error/type")).isEqualTo("idempotency_error");
    }

    private long customers() {
        return api.get("/v1/customers").body().path("data").size();
    }

    private StripeClient client(int retries) {
        return StripeClient.builder()
                .setApiKey(simulator.apiKey())
                .setApiBase(simulator.baseUrl())
                .setMaxNetworkRetries(retries)
                .build();
    }
}
