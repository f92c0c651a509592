package dev.billhook.torture.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands deliveries to the hosts as a careless load balancer would: to any one, sometimes to two at once, also to dead ones. */
public final class Router implements AutoCloseable {
    private static final int UNAVAILABLE = 503;
    private static final int TWICE_IN = 5;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Fleet fleet;

    public Router() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::route);
        server.start();
    }

    /** Where to deliver to. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Who gets the deliveries. */
    public void to(Fleet hosts) {
        fleet = hosts;
    }

    /** Deliveries a host has answered with success. */
    public int taken() {
        return taken.get();
    }

    /** Deliveries that nobody answered. */
    public int lost() {
        return lost.get();
    }

    /** What hosts answered other than success. */
    public List<Integer> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void route(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String signature = exchange.getRequestHeaders().getFirst("Stripe-Signature");
        int hosts = fleet.size();
        int first = ThreadLocalRandom.current().nextInt(hosts);
        boolean twice = ThreadLocalRandom.current().nextInt(TWICE_IN) == 0;
        CompletableFuture<Integer> one = forward(first, body, signature);
        CompletableFuture<Integer> other =
                twice ? forward((first + 1) % hosts, body, signature) : CompletableFuture.completedFuture(0);
        int status = Math.max(success(one.join()), success(other.join()));
        exchange.sendResponseHeaders(status == 0 ? UNAVAILABLE : status, -1);
        exchange.close();
    }

    private int success(int status) {
        return status / 100 == 2 ? status : 0;
    }

    private CompletableFuture<Integer> forward(int host, byte[] body, String signature) {
        int port = fleet.port(host);
        if (port == 0) {
            lost.incrementAndGet();
            return CompletableFuture.completedFuture(0);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks"))
                .timeout(Duration.ofSeconds(20))
                .header("Stripe-Signature", signature)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return http.sendAsync(request, BodyHandlers.discarding()).handle((answer, failure) -> {
            if (failure != null) {
                lost.incrementAndGet();
                return 0;
            }
            if (answer.statusCode() / 100 == 2) {
                taken.incrementAndGet();
            } else {
                refusals.add(answer.statusCode());
            }
            return answer.statusCode();
        });
    }
}
