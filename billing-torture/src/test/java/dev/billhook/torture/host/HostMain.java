package dev.billhook.torture.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billhook.BillingException;
import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.offer.SoldOutException;
import dev.billhook.unit.UnitChange;
import dev.billhook.usage.UsageRecord;
import dev.billhook.webhook.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that takes webhooks. It says its port, and ends when whoever started it does. */
public final class HostMain {
    static final String READY = "ready ";
    private static final Logger LOG = LoggerFactory.getLogger(HostMain.class);
    private static final int THREADS = 16;
    private static final int FAILED = 500;
    private static final int CONFLICT = 409;
    private static final URI BACK = URI.create("https://app.example/");

    private HostMain() {}

    /** Takes the arguments {@link HostConfig} writes. */
    public static void main(String[] arguments) throws IOException {
        Host host = Host.serving(HostConfig.ofArguments(arguments));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.createContext("/webhooks", exchange -> answer(exchange, take(host, exchange), ""));
        server.createContext(
                "/connections",
                exchange -> answer(
                        exchange,
                        200,
                        Integer.toString(host.pool().getHikariPoolMXBean().getActiveConnections())));
        server.createContext("/units", exchange -> answer(exchange, add(host, exchange), ""));
        server.createContext("/usage", exchange -> answer(exchange, record(host, exchange), ""));
        server.createContext("/checkout", exchange -> sell(host, exchange));
        server.start();
        System.out.println(READY + server.getAddress().getPort());
        while (System.in.read() >= 0) {
            LOG.debug("still wanted");
        }
        Runtime.getRuntime().halt(0);
    }

    private static int take(Host host, HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String signature = exchange.getRequestHeaders().getFirst("Stripe-Signature");
        try {
            return host.billing()
                    .webhooks()
                    .dispatch(new WebhookRequest(body, signature))
                    .httpStatus();
        } catch (BillingException e) {
            LOG.error("Not taken", e);
            return FAILED;
        }
    }

    /** Adds units: the body tells the account, the number and the command's key. */
    private static int add(Host host, HttpExchange exchange) throws IOException {
        String[] words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split(" ", -1);
        try {
            host.billing()
                    .units()
                    .change(
                            AccountRef.parse(words[0]),
                            UnitChange.add(Long.parseLong(words[1])).with(new RequestKey(words[2])));
            return 200;
        } catch (BillingException e) {
            LOG.error("Units were not added", e);
            return FAILED;
        }
    }

    /** Records usage: the body tells the account, the meter, the quantity and the key. */
    private static int record(Host host, HttpExchange exchange) throws IOException {
        String[] words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split(" ", -1);
        try {
            host.billing()
                    .usage()
                    .record(new UsageRecord(
                            AccountRef.parse(words[0]), words[1], Long.parseLong(words[2]), Instant.now(), words[3]));
            return 200;
        } catch (BillingException e) {
            LOG.error("Usage was not recorded", e);
            return FAILED;
        }
    }

    /** Sends an account to Checkout: the body tells the account and the plan, the answer the page. */
    private static void sell(Host host, HttpExchange exchange) throws IOException {
        String[] words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split(" ", -1);
        AccountRef account = AccountRef.parse(words[0]);
        try {
            host.billing().accounts().register(account, AccountProfile.empty());
            CheckoutRequest request = CheckoutRequest.of(account, PlanKey.of(words[1]), BACK, BACK);
            answer(exchange, 200, host.billing().checkout().start(request).id());
        } catch (SoldOutException e) {
            answer(exchange, CONFLICT, e.reason().name());
        } catch (InvalidStateException e) {
            answer(exchange, CONFLICT, "has a subscription");
        } catch (BillingException e) {
            LOG.error("Not sent to Checkout", e);
            answer(exchange, FAILED, "");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
