package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.stripe.Stripe;
import com.sun.net.httpserver.HttpServer;
import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.error.ProviderUnavailableException;
import dev.billhook.simulator.api.Fault;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.store.endpoint.EndpointStore;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.webhook.WebhookRequest;
import dev.billhook.webhook.endpoint.Registration;
import dev.billhook.webhook.endpoint.SecretKeys;
import dev.billhook.webhook.endpoint.SigningSecret;
import dev.billhook.webhook.endpoint.WebhookEndpoint;
import dev.billhook.webhook.endpoint.WebhookEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D7 Webhook endpoints of environments: registered, kept, handed over, removed")
class WebhookEndpointsTest {
    private static final String KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private static final URI URL = URI.create("https://staging.example/billhook/webhook");
    private static final URI OTHER = URI.create("https://branch.example/billhook/webhook");
    private static final Fault CALLS = Fault.error(500).forMethod("POST,DELETE").forPath("/v1/webhook_endpoints");

    @AutoClose
    private final SimulatedShop shop = new SimulatedShop("""
            products: {pro: {name: Pro, tier: 10}}
            plans: {pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}}
            """, builder -> builder.secretKeys(SecretKeys.of(KEY)));

    private final BlockingQueue<WebhookRequest> arrived = new LinkedBlockingQueue<>();
    private final HttpServer application = application();
    private final WebhookEndpoints endpoints = shop.billing().endpoints();

    /** What the environment's application is handed when it starts. */
    private List<SigningSecret> handed(String environment) {
        List<SigningSecret> handed = Billing.endpointSecrets(shop.stores(), SecretKeys.of(KEY), environment);
        assertThat(endpoints.secrets(environment)).isEqualTo(handed);
        return handed;
    }

    private HttpServer application() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                arrived.add(new WebhookRequest(
                        exchange.getRequestBody().readAllBytes(),
                        exchange.getRequestHeaders().getFirst("Stripe-Signature")));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI here() {
        return URI.create("http://127.0.0.1:" + application.getAddress().getPort() + "/hook");
    }

    @AfterEach
    void stop() {
        application.stop(0);
    }

    /** Whether an application that was handed these secrets takes the request. */
    private boolean taken(WebhookRequest request, List<SigningSecret> handed) {
        StripePaymentProvider provider = StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(shop.simulator().apiKey())
                .apiBase(URI.create(shop.simulator().baseUrl()))
                .webhookSecrets(handed.stream().map(SigningSecret::reveal).toList())
                .build());
        return provider.webhooks().receive(request) instanceof WebhookGateway.Reception.Accepted;
    }

    /** The call is carried out, and its answer lost. */
    private static void loses(ThrowingCallable call) {
        assertThatExceptionOfType(ProviderUnavailableException.class).isThrownBy(call);
    }

    private WebhookRequest delivered() throws InterruptedException {
        WebhookRequest request = arrived.poll(20, TimeUnit.SECONDS);
        assertThat(request).as("an event arrives").isNotNull();
        return request;
    }

    @Test
    @DisplayName("D7 an endpoint gets what Billhook reads, in the version it speaks, and bears its environment's name")
    void registered() {
        Registration registration = endpoints.register("staging", URL);

        WebhookEndpoint endpoint = registration.endpoint();
        assertThat(endpoint.environment()).isEqualTo("staging");
        assertThat(endpoint.url()).isEqualTo(URL);
        assertThat(endpoint.apiVersion()).isEqualTo(Stripe.API_VERSION);
        assertThat(endpoint.enabled()).isTrue();
        assertThat(endpoint.eventTypes())
                .contains(
                        "customer.subscription.updated",
                        "invoice.paid",
                        "checkout.session.completed",
                        "charge.refunded")
                .doesNotContain("*", "payout.paid", "topup.created");
        assertThat(endpoints.list()).containsExactly(endpoint);
        assertThat(handed("staging")).containsExactly(registration.secret().orElseThrow());
        assertThat(handed("production")).isEmpty();
    }

    @Test
    @DisplayName(
            "D7 its events are signed with the secret that was kept, and the application that is handed it takes them")
    void signed() throws InterruptedException {
        endpoints.register("staging", here());
        shop.customer(SimulatedShop.ADA);

        assertThat(taken(delivered(), handed("staging"))).isTrue();
    }

    @Test
    @DisplayName("D7 the secret is in the database under the host's key only")
    void encrypted() {
        String secret =
                endpoints.register("staging", URL).secret().orElseThrow().reveal();

        List<EndpointStore.Kept> kept = shop.stores().endpoints().list();
        assertThat(kept).hasSize(1);
        assertThat(kept.toString()).doesNotContain(secret).doesNotContain("whsec");
    }

    @Test
    @DisplayName("D7 registered twice there is one endpoint, brought up to date, and its secret is told again")
    void again() {
        Registration first = endpoints.register("staging", URL);
        shop.post("/v1/webhook_endpoints/" + first.endpoint().id(), "disabled=true&enabled_events[0]=invoice.paid");

        Registration second = endpoints.register("staging", OTHER);

        assertThat(second.endpoint().id()).isEqualTo(first.endpoint().id());
        assertThat(second.endpoint().url()).isEqualTo(OTHER);
        assertThat(second.endpoint().enabled()).isTrue();
        assertThat(second.endpoint().eventTypes()).isEqualTo(first.endpoint().eventTypes());
        assertThat(second.secret()).isEqualTo(first.secret());
        assertThat(endpoints.list()).hasSize(1);
    }

    @Test
    @DisplayName("D7 an endpoint somebody made for the address becomes the environment's; its secret only he knows")
    void adopted() {
        String id = shop.post("/v1/webhook_endpoints", "url=" + URL + "&enabled_events[0]=*");

        Registration registration = endpoints.register("staging", URL);

        assertThat(registration.endpoint().id()).isEqualTo(id);
        assertThat(registration.endpoint().eventTypes()).doesNotContain("*");
        assertThat(registration.secret()).isEmpty();
        assertThat(endpoints.list()).hasSize(1);
    }

    @Test
    @DisplayName("D7 environments have addresses of their own, and each its secret")
    void several() {
        Registration staging = endpoints.register("staging", URL);
        Registration branch = endpoints.register("feature/one", OTHER);

        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> endpoints.register("feature/two", OTHER))
                .withMessageContaining("environment 'feature/one' already");
        assertThat(endpoints.list()).containsExactly(staging.endpoint(), branch.endpoint());
        assertThat(handed("staging")).doesNotContainAnyElementsOf(handed("feature/one"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("D7 a registration whose answer was lost is repeated: one endpoint, and its secret is known")
    void lostAnswer(boolean hoursLater) {
        shop.simulator().faults().plan(1, CALLS.afterwards());
        loses(() -> endpoints.register("staging", URL));
        if (hoursLater) {
            shop.simulator().advance(Duration.ofHours(22));
        }

        Registration repeated = endpoints.register("staging", URL);

        assertThat(repeated.secret()).isPresent();
        assertThat(handed("staging")).containsExactly(repeated.secret().orElseThrow());
        assertThat(endpoints.list()).hasSize(1);
    }

    @Test
    @DisplayName("D7 a day later Stripe tells no secret again; the registration says so, and rotation helps")
    void lostForGood() {
        shop.simulator().faults().plan(1, CALLS.afterwards());
        loses(() -> endpoints.register("staging", URL));
        shop.simulator().advance(Duration.ofHours(24));

        assertThat(endpoints.register("staging", URL).secret()).isEmpty();
        assertThat(endpoints.list()).hasSize(1);

        Registration rotated = endpoints.rotate("staging");
        assertThat(endpoints.retire("staging")).isOne();
        assertThat(endpoints.list()).containsExactly(rotated.endpoint());
        assertThat(handed("staging")).containsExactly(rotated.secret().orElseThrow());
    }

    @Test
    @DisplayName(
            "D7 while a secret is rotated both deliver and both are accepted; then the old one is gone, here and there")
    void rotated() throws InterruptedException {
        Registration old = endpoints.register("staging", here());
        Registration fresh = endpoints.rotate("staging");
        assertThat(fresh.endpoint().url()).isEqualTo(here());
        assertThat(fresh.secret()).isNotEqualTo(old.secret());
        List<SigningSecret> both = handed("staging");
        assertThat(both).hasSize(2);

        shop.customer(SimulatedShop.ADA);
        WebhookRequest one = delivered();
        WebhookRequest other = delivered();
        assertThat(taken(one, both)).isTrue();
        assertThat(taken(other, both)).isTrue();
        assertThat(taken(one, List.of(fresh.secret().orElseThrow())))
                .isNotEqualTo(taken(other, List.of(fresh.secret().orElseThrow())));

        Registration known = endpoints.register("staging", OTHER);
        assertThat(known.endpoint().id()).isEqualTo(fresh.endpoint().id());
        assertThat(endpoints.list()).extracting(WebhookEndpoint::url).containsExactly(OTHER, OTHER);

        assertThat(endpoints.retire("staging")).isOne();
        assertThat(endpoints.retire("staging")).isZero();
        assertThat(handed("staging")).containsExactly(fresh.secret().orElseThrow());
        assertThat(endpoints.list())
                .extracting(WebhookEndpoint::id)
                .containsExactly(fresh.endpoint().id());
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> endpoints.rotate("production"));
    }

    @Test
    @DisplayName("D7 with the environment its endpoint and its secret go; what others made stays")
    void removed() {
        shop.post("/v1/webhook_endpoints", "url=https://other.example&enabled_events[0]=*");
        endpoints.register("staging", URL);
        endpoints.register("feature/one", OTHER);

        assertThat(endpoints.remove("feature/one")).isOne();
        assertThat(endpoints.remove("feature/one")).isZero();

        assertThat(endpoints.list()).extracting(WebhookEndpoint::environment).containsExactly("staging");
        assertThat(handed("feature/one")).isEmpty();
        assertThat(shop.get("/v1/webhook_endpoints")).contains("other.example").doesNotContain("branch.example");
    }

    @Test
    @DisplayName("D7 removing goes on where it was interrupted, also after somebody removed the endpoint at Stripe")
    void interrupted() {
        Registration staging = endpoints.register("staging", URL);
        shop.simulator().faults().plan(1, CALLS.afterwards());
        loses(() -> endpoints.remove("staging"));
        assertThat(endpoints.list()).isEmpty();

        assertThat(endpoints.remove("staging")).isZero();
        assertThat(handed("staging")).as("nobody signs with it any more").isEmpty();
        assertThat(staging.secret()).isPresent();
    }

    @Test
    @DisplayName("D7 without a key nothing is kept, and the secret is told once and within a day")
    void withoutKeys() {
        try (Billing other = shop.server(builder -> builder)) {
            WebhookEndpoints forgetful = other.endpoints();
            Registration first = forgetful.register("staging", URL);
            assertThat(first.secret()).isPresent();
            assertThat(shop.stores().endpoints().list()).isEmpty();

            assertThat(forgetful.register("staging", URL).secret()).isEqualTo(first.secret());
            shop.simulator().advance(Duration.ofHours(24));
            assertThat(forgetful.register("staging", URL).secret()).isEmpty();
            assertThat(endpoints.list()).hasSize(1);
        }
    }

    @Test
    @DisplayName("D7 names and addresses that cannot be meant are refused before Stripe is called")
    void badInput() {
        shop.simulator().faults().plan(100, Fault.error(500));
        for (String name : List.of("", " ", "-x", "a b", "ä", "x".repeat(101))) {
            assertThatIllegalArgumentException().isThrownBy(() -> endpoints.register(name, URL));
            assertThatIllegalArgumentException().isThrownBy(() -> endpoints.remove(name));
            assertThatIllegalArgumentException().isThrownBy(() -> endpoints.rotate(name));
            assertThatIllegalArgumentException().isThrownBy(() -> endpoints.retire(name));
        }
        for (String url : List.of("/hook", "ftp://a.example/", "https:///hook", "https://me:secret@a.example/")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> endpoints.register("staging", URI.create(url)))
                    .withMessageNotContaining("secret@");
        }
    }
}
