package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.ProviderScope;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The configuration of the Stripe adapter")
class StripeConfigTest {
    private static StripeConfig.Builder sound() {
        return StripeConfig.builder().apiKey("sk_test_abc").webhookSecrets("whsec_1");
    }

    @Test
    @DisplayName("D13 names its scope, reaches Stripe and tolerates five minutes unless told otherwise")
    void defaults() {
        StripeConfig config = sound().build();

        assertThat(config.scope()).isEqualTo(ProviderScope.test());
        assertThat(config.connection().apiBase()).isEqualTo(URI.create("https://api.stripe.com"));
        assertThat(config.signatureTolerance()).isEqualTo(Duration.ofSeconds(300));
        assertThat(StripePaymentProvider.of(config).scope()).isEqualTo(ProviderScope.test());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", " ", "pk_test_abc", "whsec_abc", "sk_test_", "sk_test_a b", "sk_org_live_a", "abc"})
    @DisplayName("refuses what is no secret key and does not repeat it")
    void refusesKeys(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sound().apiKey(key).build())
                .withMessageStartingWith("apiKey ")
                .satisfies(e -> {
                    if (key.length() > 8) {
                        assertThat(e.getMessage()).doesNotContain(key);
                    }
                });
    }

    @Test
    @DisplayName("refuses a missing key by the property's name")
    void missingKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StripeConfig.builder().withoutWebhooks().build())
                .withMessageContaining("apiKey is missing");
    }

    @ParameterizedTest(name = "{0} in live mode: {1}")
    @CsvSource({"sk_live_abc,false", "rk_live_abc,false", "sk_test_abc,true", "rk_test_abc,true"})
    @DisplayName("D8 refuses a key of the other mode")
    void refusesOtherMode(String key, boolean live) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        sound().apiKey(key).scope(new ProviderScope("eu", live)).build())
                .withMessageContaining("scope 'eu'")
                .withMessageContaining(live ? "live mode" : "test mode")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(key));
    }

    @ParameterizedTest
    @CsvSource({"sk_live_abc,true", "rk_live_abc,true", "sk_test_abc,false", "rk_test_abc,false"})
    @DisplayName("D8 accepts a key of its own mode")
    void acceptsOwnMode(String key, boolean live) {
        assertThat(sound().apiKey(key)
                        .scope(new ProviderScope("eu", live))
                        .build()
                        .apiKey())
                .isEqualTo(key);
    }

    @Test
    @DisplayName("refuses to start without a signing secret unless the process takes no webhooks")
    void missingSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StripeConfig.builder().apiKey("sk_test_abc").build())
                .withMessageStartingWith("webhookSecrets is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sound().webhookSecrets(List.of()).build())
                .withMessageStartingWith("webhookSecrets is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sound().webhookSecrets("whsec_1", " ").build())
                .withMessageContaining("webhookSecrets");
        assertThat(sound().withoutWebhooks().build().webhookSecrets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    @DisplayName("C6 refuses a tolerance that would switch the check off")
    void tolerance(Duration tolerance) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sound().signatureTolerance(tolerance).build())
                .withMessageContaining("signatureTolerance must be positive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a", "/v1", "http:///x", "https://api.stripe.com?x=1"})
    @DisplayName("refuses a base that is no URL of a server")
    void base(URI base) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sound().apiBase(base))
                .withMessageContaining("apiBase");
    }

    @Test
    @DisplayName("refuses to send a live key without encryption")
    void liveOverHttp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sound().apiKey("sk_live_abc")
                        .scope(ProviderScope.live())
                        .apiBase(URI.create("http://127.0.0.1:1"))
                        .build())
                .withMessageContaining("apiBase must be https");
    }

    @Test
    @DisplayName("prints neither key nor secrets")
    void printsNoSecret() {
        assertThat(sound().build().toString())
                .contains("ProviderScope", "webhookSecrets=1")
                .doesNotContain("sk_test", "abc", "whsec");
    }
}
