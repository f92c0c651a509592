package dev.billhook.stripe.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.StripeClient;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import com.stripe.param.CustomerCreateParams;
import dev.billhook.AsOf;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.error.AuthenticationRequiredException;
import dev.billhook.error.DeclineHint;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.stripe.testing.Documents;
import dev.billhook.stripe.testing.RecordingStripe;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call to Stripe")
class StripeApiTest {
    @AutoClose
    private final RecordingStripe stripe = new RecordingStripe();

    private ProviderException failure() {
        try {
            stripe.provider().customers().fetch("cus_1");
        } catch (ProviderException e) {
            return e;
        }
        throw new AssertionError("Expected a failure");
    }

    @ParameterizedTest(name = "HTTP {0} {1} {2} → {3}")
    @CsvSource({
        "400, invalid_request_error, parameter_unknown, INVALID_REQUEST",
        "400, invalid_request_error, resource_missing, NOT_FOUND",
        "400, idempotency_error, '', IDEMPOTENCY_CONFLICT",
        "401, invalid_request_error, api_key_expired, KEY",
        "402, card_error, card_declined, PAYMENT_DECLINED",
        "402, card_error, authentication_required, AUTHENTICATION_REQUIRED",
        "402, card_error, subscription_payment_intent_requires_action, AUTHENTICATION_REQUIRED",
        "403, invalid_request_error, more_permissions_required, KEY",
        "404, invalid_request_error, resource_missing, NOT_FOUND",
        "409, idempotency_error, idempotency_key_in_use, RATE_LIMITED",
        "429, invalid_request_error, rate_limit, RATE_LIMITED",
        "429, invalid_request_error, lock_timeout, RATE_LIMITED",
        "500, api_error, '', PROVIDER_FAILURE",
        "503, api_error, '', PROVIDER_FAILURE"
    })
    @DisplayName("C5 fails with a category, Stripe's facts and its request id")
    void categories(int status, String type, String code, Category category) {
        String error = Documents.error("""
                "type": "%s", "code": %s, "param": "items[0][price]", "decline_code": "insufficient_funds",
                "message": "No luck for buyer@example.com\"""".formatted(type, code.isEmpty() ? null : "\"" + code + "\""));
        stripe.replies(status, error, Map.of());

        ProviderException failure = failure();

        assertThat(failure.category()).isEqualTo(category);
        assertThat(failure.requestId()).contains("req_recorded");
        assertThat(failure.getMessage())
                .contains("read customer cus_1", "HTTP " + status, "items[0][price]", "insufficient_funds")
                .contains("req_recorded")
                .doesNotContain("buyer@example.com", RecordingStripe.KEY);
        assertThat(failure).hasNoCause();
    }

    @ParameterizedTest(name = "HTTP {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "502|<html>bad gateway</html>|PROVIDER_FAILURE",
                "200|<html>hello</html>|PROVIDER_FAILURE",
                "200|[]|PROVIDER_FAILURE",
                "200|''|PROVIDER_FAILURE",
                "302|''|PROVIDER_FAILURE",
                "400|{}|INVALID_REQUEST",
                "400|[]|INVALID_REQUEST",
                "400|{\"error\": \"odd\"}|INVALID_REQUEST",
                "500|{\"error\": null}|PROVIDER_FAILURE",
                "429|{\"error\": [1]}|RATE_LIMITED",
                "404|not json|NOT_FOUND"
            })
    @DisplayName("fails in a typed way when something between here and Stripe answers")
    void strangers(int status, String body, Category category) {
        stripe.replies(status, body, Map.of());
        assertThat(failure().category()).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "card_declined, insufficient_funds, insufficient_funds, NOT_ENOUGH_FUNDS",
        "card_declined, stolen_card, stolen_card, USE_ANOTHER_METHOD",
        "card_declined, generic_decline, generic_decline, USE_ANOTHER_METHOD",
        "expired_card, '', expired_card, CARD_EXPIRED",
        "incorrect_cvc, incorrect_cvc, incorrect_cvc, CHECK_DETAILS",
        "expired_card, generic_decline, expired_card, CARD_EXPIRED"
    })
    @DisplayName(
            "C5 a declined card tells the bank's reason to the log, and to the buyer what he can do and nothing for a thief")
    void declined(String code, String reason, String told, DeclineHint hint) {
        String decline = reason.isEmpty() ? "" : ", \"decline_code\": \"" + reason + "\"";
        stripe.replies(
                402, Documents.error("\"type\": \"card_error\", \"code\": \"" + code + "\"" + decline), Map.of());

        assertThat(failure()).isInstanceOfSatisfying(PaymentDeclinedException.class, declined -> {
            assertThat(declined.declineCode()).contains(told);
            assertThat(declined.hint()).isEqualTo(hint);
            assertThat(declined.userMessage()).isEqualTo(hint.userMessage()).doesNotContain("stolen");
        });
    }

    @Test
    @DisplayName("C5 a payment the buyer must confirm tells the page to send him to, if Stripe tells one")
    void confirmation() {
        String error = """
                "type": "card_error", "code": "authentication_required", "payment_intent": {"object": "payment_intent",
                "next_action": {"type": "redirect_to_url", "redirect_to_url": {"url": "%s"}}}""";
        stripe.replies(402, Documents.error(error.formatted("https://hooks.stripe.com/3ds")), Map.of());
        stripe.replies(402, Documents.error(error.formatted("not an address")), Map.of());
        stripe.replies(402, Documents.error("\"code\": \"authentication_required\""), Map.of());

        assertThat(confirmationPage()).contains(URI.create("https://hooks.stripe.com/3ds"));
        assertThat(confirmationPage()).isEmpty();
        assertThat(confirmationPage()).isEmpty();
    }

    private Optional<URI> confirmationPage() {
        return ((AuthenticationRequiredException) failure()).url();
    }

    @Test
    @DisplayName("C19 a refused request tells Stripe's code")
    void refused() {
        stripe.replies(
                400, Documents.error("\"type\": \"invalid_request_error\", \"code\": \"coupon_expired\""), Map.of());

        assertThat(failure())
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refusal -> assertThat(refusal.code()).contains("coupon_expired"));
    }

    @Test
    @DisplayName("fails in a typed way when the answer has another shape than known")
    void otherShape() {
        stripe.replies("{\"object\": \"customer\", \"name\": \"Buyer\"}");
        assertThat(failure().category()).isEqualTo(Category.PROVIDER_FAILURE);
    }

    @Test
    @DisplayName("C5 a lost answer is a network failure that may be repeated")
    void network() {
        stripe.close();
        ProviderException failure = failure();
        assertThat(failure.category()).isEqualTo(Category.NETWORK);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    @DisplayName("C5 repeats what asks for patience, with the same idempotency key")
    void repeats() {
        stripe.replies(409, Documents.error("\"type\": \"idempotency_error\""), Map.of())
                .replies(429, Documents.error("\"code\": \"lock_timeout\""), Map.of("Retry-After", "0"))
                .replies(Documents.customer("cus_1"));

        stripe.provider(2).customers().update("cus_1", AccountProfile.ofEmail("a@example.com"), new RequestKey("k"));

        assertThat(stripe.calls())
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.idempotencyKey()).isEqualTo("customer.update:k"));
    }

    @Test
    @DisplayName("does not repeat what Stripe says is in vain")
    void doesNotRepeat() {
        stripe.replies(500, Documents.error("\"type\": \"api_error\""), Map.of("Stripe-Should-Retry", "false"));
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> stripe.provider(3).customers().fetch("cus_1"));
        assertThat(stripe.calls()).hasSize(1);
    }

    @Test
    @DisplayName("C5 was so between the response's date less the time it took, and the response's date")
    void asOf() {
        Deque<Long> nanos = new ArrayDeque<>(List.of(5_000_000_000L, 6_200_000_000L));
        Answer answer = new StripeApi(dated("Wed, 31 Dec 2025 23:59:58 GMT"), nanos::remove).get("read", "/v1/x");
        assertThat(answer.asOf())
                .isEqualTo(new AsOf(Instant.parse("2025-12-31T23:59:56Z"), Instant.parse("2025-12-31T23:59:58Z")));
    }

    @Test
    @DisplayName("fails when nobody tells the date of the answer")
    void noDate() {
        StripeApi api = new StripeApi(dated(null), System::nanoTime);
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> api.get("read", "/v1/x"))
                .withMessageContaining("no Date header");
    }

    private static StripeClient dated(@Nullable String date) {
        HttpHeaders headers = HttpHeaders.of(date == null ? Map.of() : Map.of("Date", List.of(date)));
        return StripeClient.builder()
                .setApiKey(RecordingStripe.KEY)
                .setHttpClient(new HttpClient() {
                    @Override
                    public StripeResponse request(StripeRequest request) {
                        return new StripeResponse(200, headers, "{}");
                    }
                })
                .build();
    }

    @Test
    @DisplayName("repeats no measurements of earlier calls")
    void measurements() {
        stripe.replies(Documents.customer("cus_1")).replies(Documents.customer("cus_1"));
        StripePaymentProvider provider = stripe.provider();
        provider.customers().fetch("cus_1");
        provider.customers().fetch("cus_1");
        assertThat(stripe.calls())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.headers()).doesNotContainKey("X-Stripe-Client-Telemetry"));
    }

    @Test
    @DisplayName("speaks the pinned API version and reports no telemetry")
    void headers() {
        stripe.replies(Documents.customer("cus_1"));
        stripe.provider().customers().fetch("cus_1");
        assertThat(stripe.call().headers())
                .containsEntry("Stripe-Version", "2026-07-29.dahlia")
                .containsEntry("Authorization", "Bearer " + RecordingStripe.KEY)
                .doesNotContainKeys("X-Stripe-Client-Telemetry", "X-Stripe-Client-User-Agent");
        assertThat(stripe.call().headers().get("User-Agent")).startsWith("Billhook");
    }

    @Test
    @DisplayName("leaves the user's home alone")
    void home() {
        String config = System.getenv().getOrDefault("XDG_CONFIG_HOME", System.getProperty("user.home") + "/.config");
        Path telemetry = Path.of(config, "stripe", "telemetry_id");
        boolean before = Files.exists(telemetry);
        stripe.replies(Documents.customer("cus_1"));
        stripe.provider().customers().fetch("cus_1");
        assertThat(Files.exists(telemetry)).isEqualTo(before);
    }

    @Test
    @DisplayName("keeps a long request key within Stripe's 255 characters")
    void longKey() {
        stripe.replies(Documents.customer("cus_1"));
        RequestKey key = new RequestKey("k".repeat(200));
        StripeApi.connect(RecordingStripe.KEY, stripe.base(), Duration.ofSeconds(2), Duration.ofSeconds(2), 0)
                .post(
                        "create",
                        "s".repeat(50),
                        "/v1/customers",
                        CustomerCreateParams.builder().build(),
                        key);
        assertThat(stripe.call().idempotencyKey()).hasSizeLessThanOrEqualTo(255).endsWith(key.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../charges", "cus_1/sources", "cus_1?x=1", "cus 1", "cus_1#"})
    @DisplayName("B1 an id cannot lead to another path")
    void ids(String id) {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> stripe.provider().customers().fetch(id))
                .satisfies(e -> assertThat(e.category()).isEqualTo(Category.INVALID_REQUEST));
        assertThat(stripe.calls()).isEmpty();
    }

    @Test
    @DisplayName("works below a base with a trailing slash")
    void base() {
        stripe.replies(Documents.customer("cus_1"));
        StripeApi.connect(
                        RecordingStripe.KEY,
                        URI.create(stripe.base() + "/"),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        0)
                .get("read", "/v1/customers/cus_1");
        assertThat(stripe.call().path()).isEqualTo("/v1/customers/cus_1");
    }
}
