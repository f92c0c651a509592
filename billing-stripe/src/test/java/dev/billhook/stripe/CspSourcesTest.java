package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Content-Security-Policy sources")
class CspSourcesTest {
    @Test
    @DisplayName("D11 forms may end at the hosted pages, and nothing else is needed for them")
    void hostedPages() {
        assertThat(CspSources.hostedPages().toHeader())
                .isEqualTo("form-action https://checkout.stripe.com https://billing.stripe.com"
                        + " https://invoice.stripe.com");
    }

    @Test
    @DisplayName("D11 Stripe.js is allowed to load, to show frames, and to call")
    void stripeJs() {
        assertThat(CspSources.stripeJs().directives())
                .isEqualTo(Map.of(
                        "script-src", Set.of("https://js.stripe.com", "https://*.js.stripe.com"),
                        "frame-src",
                                Set.of("https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"),
                        "connect-src", Set.of("https://api.stripe.com"),
                        "img-src", Set.of("https://*.stripe.com")));
    }

    @Test
    @DisplayName("D11 embedded Checkout needs Stripe.js and its own page in a frame")
    void embeddedCheckout() {
        CspSources embedded = CspSources.embeddedCheckout();

        assertThat(embedded.and(CspSources.stripeJs())).isEqualTo(embedded);
        assertThat(embedded.directives().get("frame-src"))
                .contains("https://js.stripe.com", "https://checkout.stripe.com");
    }

    @Test
    @DisplayName("D11 a host joins them with its own, in one header that is always written alike")
    void joins() {
        CspSources policy = CspSources.hostedPages()
                .with("default-src", "'none'")
                .with("form-action", "'self'", "https://checkout.stripe.com", "http://localhost:4242");

        assertThat(policy.toHeader())
                .isEqualTo("default-src 'none'; form-action https://checkout.stripe.com https://billing.stripe.com"
                        + " https://invoice.stripe.com 'self' http://localhost:4242");
    }

    @Test
    @DisplayName("D11 'none' stands alone, and gives way to what is allowed beside it")
    void none() {
        CspSources nothing = new CspSources(Map.of("form-action", Set.of("'none'")));

        assertThat(nothing.and(nothing).toHeader()).isEqualTo("form-action 'none'");
        assertThat(nothing.and(CspSources.hostedPages())).isEqualTo(CspSources.hostedPages());
        assertThat(CspSources.hostedPages().with("form-action", "'none'")).isEqualTo(CspSources.hostedPages());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {"", " ", "https://a.example https://b.example", "https://a.example;", "a,b", "a\r\nX: y", "ä"})
    @DisplayName("D11 refuses what would not stay one source of its directive")
    void refusesSources(String source) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CspSources.hostedPages().with("img-src", source))
                .withMessageContaining("img-src");
    }

    @Test
    @DisplayName("D11 refuses what is no directive, and directives without sources")
    void refusesDirectives() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CspSources.hostedPages().with("img-src; script-src", "*"))
                .withMessageContaining("form-action");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CspSources.hostedPages().with("img-src"))
                .withMessageContaining("'none'");
    }

    @Test
    @DisplayName("D11 what is given is copied, and what is answered cannot be changed")
    void immutable() {
        Set<String> sources = new HashSet<>(Set.of("'self'"));
        Map<String, Set<String>> given = new HashMap<>(Map.of("img-src", sources));
        CspSources policy = new CspSources(given);
        sources.add("https://elsewhere.example");
        given.clear();

        assertThat(policy.toHeader()).isEqualTo("img-src 'self'");
        assertThatThrownBy(() -> policy.directives().get("img-src").add("*"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
