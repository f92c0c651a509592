package dev.billhook.stripe.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server that answers what a test told it to, in that order, and keeps what it was asked. */
public final class RecordingStripe implements AutoCloseable {
    public static final String KEY = "sk_test_recorded";

    private final HttpServer server;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    public RecordingStripe() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** The provider that calls this server, without repetitions. */
    public StripePaymentProvider provider() {
        return provider(0);
    }

    public StripePaymentProvider provider(int retries) {
        return StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(KEY)
                .withoutWebhooks()
                .connection(new StripeConfig.Connection(base(), Duration.ofSeconds(2), Duration.ofSeconds(5), retries))
                .build());
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next answer. */
    public RecordingStripe replies(String json) {
        return replies(200, json, Map.of());
    }

    public RecordingStripe replies(int status, String json, Map<String, String> headers) {
        replies.add(new Reply(status, json, headers));
        return this;
    }

    /** What was asked, in order. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The only call. */
    public Call call() {
        if (calls.size() != 1) {
            throw new AssertionError("Expected one call, but there were " + calls);
        }
        return calls.get(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        calls.add(new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                form(query == null ? body : query),
                headers(exchange)));
        Reply reply = replies.isEmpty() ? new Reply(500, "{}", Map.of()) : replies.remove();
        byte[] bytes = reply.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Request-Id", "req_recorded");
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> headers(HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        return headers;
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private record Reply(int status, String json, Map<String, String> headers) {}

    /**
     * A call.
     *
     * @param params of the body, or of the query if there is one
     */
    public record Call(String method, String path, Map<String, String> params, Map<String, String> headers) {
        public @Nullable String idempotencyKey() {
            return headers.get("Idempotency-Key");
        }
    }
}
