package dev.billhook.benchmarks.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A PostgreSQL that waits for the disk, with a customer behind each account of both of Billhook's scopes. */
final class LoadDatabase implements AutoCloseable {
    private static final String ANY_PENDING = """
            select 1 from billing_webhook_event
            where provider_account = ? and livemode = false and status = 'PENDING'
            limit 1""";

    private static final String LIMIT = "BARE_BATCH";
    private static final int PAIRS = 50;
    private static final long POLL_MILLIS = 5;
    private static final int WRITERS = 4;

    private final EmbeddedPostgres server;
    private final HikariDataSource pool;
    private final int customers;
    private long written;

    private LoadDatabase(EmbeddedPostgres server, HikariDataSource pool, int customers) {
        this.server = server;
        this.pool = pool;
        this.customers = customers;
    }

    static LoadDatabase start(int customers) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(WRITERS);
        LoadDatabase database = new LoadDatabase(server, new HikariDataSource(config), customers);
        database.fill();
        return database;
    }

    String url() {
        return pool.getJdbcUrl();
    }

    /** Gathers the statistics that a database in use has had gathered long ago. */
    void analyze() {
        execute("analyze");
    }

    /** Returns once no event is waiting. */
    void awaitApplied() {
        try (Connection connection = pool.getConnection();
                PreparedStatement pending = connection.prepareStatement(ANY_PENDING)) {
            pending.setString(1, WebhookMode.QUEUED.name());
            while (isAny(pending)) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAny(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    /** Fails unless so many events were applied, and each mirrored subscription is as its last one says. */
    void requireApplied(WebhookMode mode, long events) {
        JdbcStores stores = stores(mode);
        require(stores.inbox().count().equals(Map.of(InboxStatus.DONE, events)), mode + ": not all events are done");
        for (int customer = 0; customer < customers; customer++) {
            Instant expected = LoadEvents.lastSecond(events, customers, customer);
            Instant asOf = stores.subscriptions()
                    .find(LoadEvents.subscriptionId(customer))
                    .orElseThrow()
                    .asOf()
                    .latest();
            require(asOf.equals(expected), mode + ": a subscription is not as its last event says");
        }
    }

    /** Fails unless the sync engine has every customer's subscription. */
    void requireSynced() {
        try (Connection connection = pool.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select 1 from stripe.subscriptions having count(*) = " + customers)) {
            require(isAny(query), "The sync engine lacks subscriptions");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Inserts events and upserts subscriptions, fifty pairs in a transaction, by several threads; events per second. */
    double batchLimit(int events) {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            String payload = new String(new LoadEvents(customers).body(0), StandardCharsets.UTF_8);
            long begun = System.nanoTime();
            List<Future<?>> runs = new ArrayList<>();
            long batches = Math.max(1, events / PAIRS);
            for (long batch = 0; batch < batches; batch++) {
                long first = written;
                written += PAIRS;
                runs.add(threads.submit(() -> writePairs(first, payload)));
            }
            for (Future<?> run : runs) {
                run.get();
            }
            return batches * PAIRS * 1e9 / (System.nanoTime() - begun);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }

    private boolean writePairs(long first, String payload) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(BareReceiver.insert(LIMIT));
                PreparedStatement upsert = connection.prepareStatement(BareReceiver.upsert(LIMIT))) {
            connection.setAutoCommit(false);
            for (long number = first; number < first + PAIRS; number++) {
                // A block of customers for each batch, so that batches do not wait for each other.
                String customer = Long.toString(number % customers);
                Map<String, String> event = Map.of(
                        "id",
                        "evt_Limit" + number,
                        "type",
                        "customer.subscription.updated",
                        "created",
                        "" + number,
                        ".id",
                        "sub_Limit" + customer,
                        ".customer",
                        "cus_Limit" + customer,
                        ".status",
                        "active",
                        ".cancel_at_period_end",
                        "false");
                BareReceiver.bindEvent(insert, event, payload);
                insert.addBatch();
                BareReceiver.bindSubscription(upsert, event);
                upsert.addBatch();
            }
            insert.executeBatch();
            upsert.executeBatch();
            connection.commit();
            return true;
        }
    }

    private JdbcStores stores(WebhookMode mode) {
        return JdbcStores.create(pool, ReceiverProcess.scope(mode));
    }

    private void fill() {
        for (String owner : List.of(Subject.BARE_APPLY.name(), Subject.BARE_STORE.name(), LIMIT)) {
            execute(BareReceiver.tables(owner));
        }
        BillhookSchema.of(Dialect.POSTGRESQL).install(pool);
        for (WebhookMode mode : WebhookMode.values()) {
            JdbcStores stores = stores(mode);
            stores.transactor().run(() -> {
                for (int customer = 0; customer < customers; customer++) {
                    stores.accounts().insertIfAbsent(account(customer));
                }
            });
        }
    }

    private void execute(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BillingAccount account(int customer) {
        return BillingAccount.registered(
                        AccountRef.of("team", Integer.toString(customer)),
                        new AccountProfile("owner" + customer + "@example.com", null),
                        Instant.EPOCH)
                .withCustomer(Customer.ofId(LoadEvents.customerId(customer)), null);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
