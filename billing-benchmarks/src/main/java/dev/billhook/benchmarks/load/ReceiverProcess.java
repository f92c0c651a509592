package dev.billhook.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.internal.DueWork;
import dev.billhook.internal.DueWork.Job;
import dev.billhook.internal.webhook.Housekeeping;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookMode;
import dev.billhook.webhook.WebhookRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A subject in a process of its own, behind the JDK's web server; tells its port, and ends when its input does. */
final class ReceiverProcess {
    private static final System.Logger LOG = System.getLogger(ReceiverProcess.class.getName());
    private static final int THREADS = 40;
    private static final int POOL = 16;

    private ReceiverProcess() {}

    /**
     * Runs until the end of the input. Its lines are {@code pause} and {@code resume} for the thread that applies what is
     * queued, and {@code heap}; each is answered by the bytes in use after a collection, or a zero.
     *
     * @param arguments the subject, the database's URL
     */
    public static void main(String[] arguments) throws IOException {
        Subject subject = Subject.valueOf(arguments[0]);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[1]);
        config.setMaximumPoolSize(POOL);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (HikariDataSource pool = new HikariDataSource(config);
                Handling handling = handling(subject, pool)) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            server.setExecutor(threads);
            server.createContext("/webhook", exchange -> answer(exchange, handling.handler()));
            server.start();
            System.out.println(Child.ANSWER + server.getAddress().getPort());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                System.out.println(Child.ANSWER + obey(command, handling));
            }
            server.stop(0);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long obey(String command, Handling handling) {
        if (!command.equals("heap")) {
            handling.applying().accept(command.equals("resume"));
            return 0;
        }
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void answer(HttpExchange exchange, EventHandler handler) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(
                    handler.handle(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")), -1);
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "Not taken in", e);
            throw new IOException(e);
        }
    }

    private static Handling handling(Subject subject, DataSource pool) {
        return switch (subject) {
            case BARE_APPLY, BARE_STORE -> new Handling(new BareReceiver(pool, subject), on -> {}, () -> {});
            case INLINE -> billhook(pool, WebhookMode.INLINE);
            case QUEUED -> billhook(pool, WebhookMode.QUEUED);
            case SYNC_ENGINE -> throw new IllegalArgumentException("The sync engine runs in Node");
        };
    }

    private static Handling billhook(DataSource pool, WebhookMode mode) {
        JdbcStores stores = JdbcStores.create(pool, scope(mode));
        StripePaymentProvider provider = StripePaymentProvider.of(StripeConfig.builder()
                .apiKey("sk_test_load")
                .scope(stores.scope())
                .webhookSecrets(LoadEvents.SECRET)
                .build());
        BillingBuilder builder = Billing.builder(catalog(), provider, stores)
                .webhookMode(mode)
                .listener(BillingListener.named("mailer", ListenerPhase.AFTER_COMMIT, event -> {}));
        Billing billing = builder.withoutBackgroundWork().build();
        WebhookDispatcher webhooks = billing.webhooks();
        EventHandler handler = (body, signature) ->
                webhooks.dispatch(new WebhookRequest(body, signature)).httpStatus();
        if (mode == WebhookMode.INLINE) {
            return new Handling(handler, on -> {}, billing::close);
        }
        // The library's own thread, without the one for the outbox: that is not measured.
        AtomicBoolean applies = new AtomicBoolean(true);
        DueWork thread = new DueWork();
        Housekeeping housekeeping =
                new Housekeeping(stores, billing.inbox(), Duration.ofDays(60), InstantSource.system());
        thread.start(
                List.of(
                        Job.gathered("inbox", housekeeping::unpark),
                        Job.gathered("inbox", max -> applies.get() ? webhooks.processDue(max) : 0)),
                Duration.ofSeconds(1),
                billing::close);
        return new Handling(
                (body, signature) -> {
                    int status = handler.handle(body, signature);
                    thread.wakeUp();
                    return status;
                },
                on -> {
                    applies.set(on);
                    thread.wakeUp();
                },
                thread::close);
    }

    static ProviderScope scope(WebhookMode mode) {
        return new ProviderScope(mode.name(), false);
    }

    static Catalog catalog() {
        Product team = new Product("team", "Team", null, 10, Set.of(), Map.of());
        return Catalog.of(List.of(new Plan(
                PlanKey.of("team-monthly"),
                team,
                BillingInterval.MONTHLY,
                new Pricing.PerUnit(Map.of(Currency.getInstance("USD"), 1200L)),
                null,
                new UnitTerms(1, 100L))));
    }

    /** What answers requests, what starts and stops applying, and what ends it all. */
    private record Handling(EventHandler handler, Consumer<Boolean> applying, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
