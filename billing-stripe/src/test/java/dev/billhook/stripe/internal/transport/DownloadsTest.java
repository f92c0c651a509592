package dev.billhook.stripe.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.stripe.testing.RecordingStripe;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C14 Documents are fetched without giving the key away")
class DownloadsTest {
    private static final String DOCUMENT = "%PDF-1.7 of an invoice";

    private final RecordingStripe stripe = new RecordingStripe();
    private final RecordingStripe elsewhere = new RecordingStripe();
    private final Downloads downloads =
            new Downloads(RecordingStripe.KEY, stripe.base(), Duration.ofSeconds(2), Duration.ofSeconds(5));

    @AfterEach
    void close() {
        stripe.close();
        elsewhere.close();
    }

    private void assertFails(Category category, Runnable call) {
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.category()).isEqualTo(category))
                .satisfies(e -> assertThat(e).hasMessageNotContaining(RecordingStripe.KEY));
    }

    @Test
    @DisplayName("C14 a public link is asked without the key")
    void link() {
        stripe.replies(DOCUMENT);

        byte[] pdf = downloads.linkedPdf("read it", stripe.base().resolve("/invoice/1/pdf?s=ap"));

        assertThat(new String(pdf, StandardCharsets.UTF_8)).isEqualTo(DOCUMENT);
        assertThat(stripe.call().path()).isEqualTo("/invoice/1/pdf");
        assertThat(stripe.call().headers()).doesNotContainKey("Authorization");
    }

    @Test
    @DisplayName("C12 a document of the API is asked with the key")
    void api() {
        stripe.replies(DOCUMENT);

        downloads.apiPdf("read it", "/v1/quotes/qt_1/pdf");

        assertThat(stripe.call().headers().get("Authorization")).startsWith("Basic ");
    }

    @Test
    @DisplayName("C12 the key does not follow the API to another address")
    void redirected() {
        stripe.replies(302, "", Map.of("Location", elsewhere.base() + "/stolen"));

        assertFails(Category.PROVIDER_FAILURE, () -> downloads.apiPdf("read it", "/v1/quotes/qt_1/pdf"));

        assertThat(elsewhere.calls()).isEmpty();
    }

    @Test
    @DisplayName("C14 a link that is not encrypted is not followed, unless it is the API's own")
    void plain() {
        URI foreign = elsewhere.base().resolve("/pdf");

        assertFails(Category.PROVIDER_FAILURE, () -> downloads.linkedPdf("read it", foreign));

        assertThat(elsewhere.calls()).isEmpty();
    }

    @Test
    @DisplayName("C14 what is no PDF document is not passed off as one")
    void page() {
        stripe.replies("<html>Please sign in</html>");

        assertFails(
                Category.PROVIDER_FAILURE,
                () -> downloads.linkedPdf("read it", stripe.base().resolve("/pdf")));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "400, INVALID_REQUEST",
        "401, KEY",
        "403, KEY",
        "404, NOT_FOUND",
        "429, RATE_LIMITED",
        "500, PROVIDER_FAILURE"
    })
    @DisplayName("C14 failures are told by kind")
    void failures(int status, Category category) {
        stripe.replies(status, "{}", Map.of());

        assertFails(category, () -> downloads.apiPdf("read it", "/v1/quotes/qt_1/pdf"));
    }

    @Test
    @DisplayName("C14 a server that does not answer is a network failure")
    void unreachable() {
        URI gone = elsewhere.base();
        elsewhere.close();
        Downloads lost = new Downloads(RecordingStripe.KEY, gone, Duration.ofSeconds(2), Duration.ofSeconds(5));

        assertFails(Category.NETWORK, () -> lost.apiPdf("read it", "/v1/quotes/qt_1/pdf"));
    }
}
