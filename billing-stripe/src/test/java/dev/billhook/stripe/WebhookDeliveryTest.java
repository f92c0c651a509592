package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.WebhookGateway.Reception;
import dev.billhook.webhook.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Events that are delivered over HTTP")
class WebhookDeliveryTest {
    private final StripeSimulator simulator = StripeSimulator.start();
    private final List<WebhookRequest> delivered = new CopyOnWriteArrayList<>();
    private HttpServer endpoint;

    @BeforeEach
    void listen() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", this::take);
        endpoint.start();
    }

    @AfterEach
    void close() {
        endpoint.stop(0);
        simulator.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        delivered.add(new WebhookRequest(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Test
    @DisplayName("C6 are accepted by their signature and tell what a call for the object tells")
    void delivery() {
        String secret = simulator.registerWebhook(
                "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook");
        StripePaymentProvider stripe = StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(simulator.apiKey())
                .webhookSecrets("whsec_old", secret)
                .apiBase(URI.create(simulator.baseUrl()))
                .build());
        AccountRef account = AccountRef.of("user", "42");
        String id = stripe.customers()
                .create(account, RequestKey.random())
                .value()
                .customer()
                .id();
        CustomerSnapshot fetched = stripe.customers()
                .update(id, AccountProfile.ofEmail("ann@example.com"), RequestKey.random())
                .value();

        assertThat(simulator.awaitDeliveries(Duration.ofSeconds(10))).isTrue();

        assertThat(delivered)
                .hasSize(2)
                .allSatisfy(request -> assertThat(stripe.webhooks().receive(request))
                        .isInstanceOfSatisfying(Reception.Accepted.class, accepted -> {
                            assertThat(accepted.envelope().type()).startsWith("customer.");
                            assertThat(accepted.envelope().livemode()).isFalse();
                            assertThat(stripe.webhooks().content(accepted.payload()))
                                    .isEqualTo(new EventContent.State(fetched));
                        }));
    }
}
