package dev.billhook.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.checkout.ReturnUrlException.Reason;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("B6 Addresses a browser is sent back to")
class AllowedOriginsTest {
    private static final AllowedOrigins LISTED = AllowedOrigins.of(
            List.of("https://app.example", "https://Admin.App.Example:8443/", "http://intranet:8080"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example",
                "https://app.example/",
                "https://APP.example:443/plans?from=mail#top",
                "HTTPS://app.example/%C3%BC",
                "https://admin.app.example:8443/return",
                "http://intranet:8080/"
            })
    @DisplayName("what is of a listed origin is allowed, however it is spelled")
    void listed(String url) {
        assertThatCode(() -> LISTED.require("successUrl", URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "http://app.example/, ORIGIN_NOT_LISTED",
        "https://app.example:8443/, ORIGIN_NOT_LISTED",
        "https://admin.app.example/, ORIGIN_NOT_LISTED",
        "https://app.example.evil.example/, ORIGIN_NOT_LISTED",
        "https://evil.example/https://app.example/, ORIGIN_NOT_LISTED",
        "https://evil.example/?https://app.example/, ORIGIN_NOT_LISTED",
        "https://evil.example#@app.example/, ORIGIN_NOT_LISTED",
        "https://xn--pp-xka.example/, ORIGIN_NOT_LISTED",
        "https://localhost/, ORIGIN_NOT_LISTED",
        "http://localhost/, ORIGIN_NOT_LISTED",
        "https://app.example./, HOST",
        "https://app.example:0/, HOST",
        "https://app.example:65536/, HOST",
        "https:/app.example/, HOST",
        "https:app.example/, HOST",
        "https://app_example/, HOST",
        "https://2130706433/, HOST",
        "https://0x7f.1/, HOST",
        "https://app.example@evil.example/, USER_INFO",
        "https://app.example:secret@evil.example/, USER_INFO",
        "https://@app.example/, USER_INFO",
        "https://app.example%40evil.example/, HOST",
        "https://app.example%5C@evil.example/, CHARACTERS",
        "https://app.example/%5c%5cevil.example, CHARACTERS",
        "https://app.example/%0d%0aLocation:evil, CHARACTERS",
        "https://app.example/%00, CHARACTERS",
        "https://app.example/%7F, CHARACTERS",
        "https://äpp.example/, CHARACTERS",
        "https://app.example/ü, CHARACTERS",
        "https://app\u3002example/, CHARACTERS",
        "https://app.example/\u202Egro, CHARACTERS",
        "/plans, NOT_ABSOLUTE",
        "//evil.example/, NOT_ABSOLUTE",
        "javascript:alert(1), NOT_ABSOLUTE",
        "data:text/html;base64+AAAA, NOT_ABSOLUTE",
        "ftp://app.example/, NOT_ABSOLUTE",
        "blob:https://app.example/1, NOT_ABSOLUTE"
    })
    @DisplayName("everything else is refused, with a reason and a remedy")
    void refused(String url, Reason reason) {
        assertThatExceptionOfType(ReturnUrlException.class)
                .isThrownBy(() -> LISTED.require("successUrl", URI.create(url)))
                .withMessageStartingWith("successUrl ")
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.getMessage()).endsWith(refusal.remedy());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://anywhere.example/x",
                "https://10.0.0.1:8443/",
                "http://localhost:8080/return",
                "http://shop.localhost/",
                "http://127.0.0.1:8080/",
                "http://[::1]:8080/"
            })
    @DisplayName("without a list https is allowed anywhere, and http on this machine")
    void anySecure(String url) {
        assertThatCode(() -> AllowedOrigins.anySecure().require("returnUrl", URI.create(url)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example/",
                "http://localhost.evil.example/",
                "http://evillocalhost/",
                "http://127.0.0.1.evil.example/",
                "http://127.0.0.2/",
                "http://[::2]/"
            })
    @DisplayName("without a list http to other machines is refused")
    void notSecure(String url) {
        assertThatExceptionOfType(ReturnUrlException.class)
                .isThrownBy(() -> AllowedOrigins.anySecure().require("returnUrl", URI.create(url)))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_SECURE));
    }

    @Test
    @DisplayName("without a list ambiguous addresses are refused all the same")
    void ambiguous() {
        for (String url : List.of("https://a.example./", "https://u@a.example/", "https://a.example/%5C", "/x")) {
            assertThatExceptionOfType(ReturnUrlException.class)
                    .as(url)
                    .isThrownBy(() -> AllowedOrigins.anySecure().require("returnUrl", URI.create(url)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example",
                "https://app.example/plans",
                "https://app.example?x",
                "https://app.example#x",
                "https://*.app.example",
                "https://user@app.example",
                "https://app.example.",
                "https://bücher.example",
                "ftp://app.example",
                "",
                "https:// app.example"
            })
    @DisplayName("a list takes origins only")
    void noOrigin(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedOrigins.of(List.of(origin)))
                .withMessageContaining("'" + origin + "'");
    }

    @Test
    @DisplayName("an empty list is no list: it would refuse everything, or seem to")
    void emptyList() {
        assertThatIllegalArgumentException().isThrownBy(() -> AllowedOrigins.of(List.of()));
    }

    @Test
    @DisplayName("no scramble of an allowed address leads to another host")
    void scrambled() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        String pieces = "@:/\\?#.%5C%40[]evil.example";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder url = new StringBuilder("https://app.example/plans");
            for (int n = random.nextInt(4); n >= 0; n--) {
                int from = random.nextInt(pieces.length());
                url.insert(
                        random.nextInt(url.length() + 1),
                        pieces.substring(from, Math.min(pieces.length(), from + 1 + random.nextInt(12))));
            }
            if (accepts(url.toString())) {
                assertThat(url.toString())
                        .as("seed %d, step %d", seed, i)
                        .matches("(?i)https://app\\.example(:443|:)?([/?#][^\\\\]*)?");
            }
        }
    }

    private static boolean accepts(String url) {
        try {
            AllowedOrigins.of(List.of("https://app.example")).require("successUrl", URI.create(url));
            return true;
        } catch (IllegalArgumentException | ReturnUrlException e) {
            return false;
        }
    }
}
