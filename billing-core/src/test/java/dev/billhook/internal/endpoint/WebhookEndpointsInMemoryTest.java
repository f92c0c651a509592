package dev.billhook.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.ProviderScope;
import dev.billhook.RequestKey;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.spi.provider.endpoint.EndpointGateway;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.testing.TestClock;
import dev.billhook.webhook.endpoint.Registration;
import dev.billhook.webhook.endpoint.SecretKeys;
import dev.billhook.webhook.endpoint.SigningSecret;
import dev.billhook.webhook.endpoint.WebhookEndpoint;
import dev.billhook.webhook.endpoint.WebhookEndpoints;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D7 Webhook endpoints, decided by what the provider has and what is kept")
class WebhookEndpointsInMemoryTest {
    private static final URI URL = URI.create("https://staging.example/webhook");
    private static final String KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    private final TestClock clock = new TestClock(Instant.parse("2027-01-10T10:00:00Z"));
    private final InMemoryStores stores = InMemoryStores.create(ProviderScope.test());
    private final Gateway gateway = new Gateway();
    private final WebhookEndpoints endpoints = endpoints(SecretKeys.of(KEY));

    private WebhookEndpoints endpoints(SecretKeys keys) {
        return new DefaultWebhookEndpoints(gateway, new KeptSecrets(stores.endpoints(), keys), clock);
    }

    /** Endpoints as a provider has them, which repeats answers by their keys. */
    private final class Gateway implements EndpointGateway {
        private final List<WebhookEndpoint> endpoints = new ArrayList<>();
        private final Map<RequestKey, Registration> answers = new HashMap<>();
        private @Nullable Category refusal;

        @Override
        public List<WebhookEndpoint> list() {
            return List.copyOf(endpoints);
        }

        @Override
        public Registration create(String environment, URI url, String mark, RequestKey key) {
            if (refusal != null) {
                throw ProviderException.of(refusal, "no", null, null);
            }
            return answers.computeIfAbsent(key, made -> {
                String id = "we_" + (endpoints.size() + answers.size());
                WebhookEndpoint endpoint =
                        new WebhookEndpoint(id, environment, url, Set.of(), null, true, clock.instant(), mark);
                endpoints.add(endpoint);
                return new Registration(endpoint, Optional.of(new SigningSecret("whsec_" + id)));
            });
        }

        @Override
        public WebhookEndpoint update(String endpointId, String environment, URI url, RequestKey key) {
            endpoints.replaceAll(old -> old.id().equals(endpointId)
                    ? new WebhookEndpoint(
                            old.id(), environment, url, Set.of("invoice.paid"), null, true, old.createdAt(), old.mark())
                    : old);
            return endpoints.stream()
                    .filter(endpoint -> endpoint.id().equals(endpointId))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void remove(String endpointId, RequestKey key) {
            endpoints.removeIf(endpoint -> endpoint.id().equals(endpointId));
        }
    }

    @Test
    @DisplayName("D7 the database loses the secret: within a day it is told and kept again, after that it is not")
    void lostDatabase() {
        Registration first = endpoints.register("staging", URL);
        stores.endpoints().remove(first.endpoint().id());

        assertThat(endpoints.register("staging", URL).secret()).isEqualTo(first.secret());
        assertThat(endpoints.secrets("staging")).hasSize(1);

        stores.endpoints().remove(first.endpoint().id());
        clock.advance(Duration.ofHours(23).plusSeconds(1));
        assertThat(endpoints.register("staging", URL).secret()).isEmpty();
        assertThat(gateway.list()).hasSize(1);
    }

    @Test
    @DisplayName("D7 made by another version of the library, it cannot be asked for again; an outage is an outage")
    void otherwiseMade() {
        Registration first = endpoints.register("staging", URL);
        stores.endpoints().remove(first.endpoint().id());

        gateway.refusal = Category.IDEMPOTENCY_CONFLICT;
        assertThat(endpoints.register("staging", URL).secret()).isEmpty();
        gateway.refusal = Category.NETWORK;
        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> endpoints.register("staging", URL));
    }

    @Test
    @DisplayName("D7 of several endpoints the newest counts; retiring leaves it alone, removing leaves none")
    void several() {
        Registration old = endpoints.register("staging", URL);
        Registration fresh = endpoints.rotate("staging");

        assertThat(endpoints.register("staging", URL).endpoint().id())
                .isEqualTo(fresh.endpoint().id());
        assertThat(endpoints.list())
                .hasSize(2)
                .allSatisfy(endpoint -> assertThat(endpoint.eventTypes()).isNotEmpty());
        assertThat(endpoints.secrets("staging"))
                .containsExactlyInAnyOrder(
                        old.secret().orElseThrow(), fresh.secret().orElseThrow());
        assertThat(endpoints.retire("staging")).isOne();
        assertThat(endpoints.secrets("staging")).containsExactly(fresh.secret().orElseThrow());
        assertThat(endpoints.remove("staging")).isOne();
        assertThat(endpoints.secrets("staging")).isEmpty();
        assertThat(endpoints.remove("staging")).isZero();
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> endpoints.rotate("staging"));
    }

    @Test
    @DisplayName("D7 an address belongs to one environment; who made one by hand gives it away")
    void addresses() {
        gateway.endpoints.add(
                new WebhookEndpoint("we_hand", null, URL, Set.of("*"), null, false, clock.instant(), null));

        Registration adopted = endpoints.register("staging", URL);

        assertThat(adopted.endpoint().id()).isEqualTo("we_hand");
        assertThat(adopted.endpoint().enabled()).isTrue();
        assertThat(adopted.secret()).isEmpty();
        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> endpoints.register("production", URL))
                .withMessageContaining("environment 'staging' already");
    }

    @Test
    @DisplayName("D7 without a key nothing is kept, and what another kept is not read")
    void withoutKeys() {
        endpoints.register("staging", URL);
        WebhookEndpoints keyless = endpoints(SecretKeys.none());

        assertThat(keyless.register("staging", URL).secret())
                .as("told again by the provider")
                .isPresent();
        clock.advance(Duration.ofDays(1));
        assertThat(keyless.register("staging", URL).secret()).isEmpty();
        assertThat(stores.endpoints().list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a b", "ä"})
    @DisplayName("D7 what is no name of an environment is refused everywhere")
    void names(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> endpoints.register(name, URL));
        assertThatIllegalArgumentException().isThrownBy(() -> endpoints.rotate(name));
        assertThatIllegalArgumentException().isThrownBy(() -> endpoints.retire(name));
        assertThatIllegalArgumentException().isThrownBy(() -> endpoints.remove(name));
        assertThatIllegalArgumentException().isThrownBy(() -> endpoints.secrets(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhook", "ftp://a.example/", "https:///webhook", "https://me:hunter2@a.example/"})
    @DisplayName("D7 what is no address of an endpoint is refused, and a password in it is not quoted")
    void urls(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoints.register("staging", URI.create(url)))
                .withMessageNotContaining("hunter2");
    }
}
