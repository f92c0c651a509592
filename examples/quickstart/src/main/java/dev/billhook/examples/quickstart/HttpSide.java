package dev.billhook.examples.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The host's own little web server, which takes webhooks, and a buyer's browser. */
final class HttpSide implements AutoCloseable {
    private final HttpServer server;

    private HttpSide(HttpServer server) {
        this.server = server;
    }

    static HttpSide open() throws IOException {
        return new HttpSide(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    String webhookUrl() {
        return at("/webhook").toString();
    }

    void serve(WebhookDispatcher webhooks) {
        server.createContext("/webhook", exchange -> receive(exchange, webhooks));
        server.start();
    }

    private static void receive(HttpExchange exchange, WebhookDispatcher webhooks) throws IOException {
        try (exchange) {
            // One byte more than is taken is enough to see that it is too much.
            byte[] body = exchange.getRequestBody().readNBytes(WebhookRequest.MAX_BODY_BYTES + 1);
            String signature = exchange.getRequestHeaders().getFirst("Stripe-Signature");
            int status = webhooks.dispatch(new WebhookRequest(body, signature)).httpStatus();
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /** Fills in the hosted payment page as a buyer would. */
    void pay(URI page, String card) throws IOException, InterruptedException {
        HttpRequest form = HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "card_number=" + card + "&card_expiry=12/45&card_cvc=123&card_name=Ada"))
                .build();
        int status = HttpClient.newHttpClient()
                .send(form, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 303) {
            throw new IllegalStateException("The payment page answered " + status);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
