package dev.billhook.torture.host;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.torture.life.Shop;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** A host on Billhook with its pool and its listeners. */
public final class Host implements AutoCloseable {
    private static final String KEY = "sk_test_simulator";
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int CONNECTIONS = 8;
    private static final long LEAK_MILLIS = 10_000;

    private final HikariDataSource pool;
    private final JdbcStores stores;
    private final Billing billing;

    private Host(HostConfig config, boolean background) {
        this.pool = pool(config.database());
        this.stores = JdbcStores.create(pool, ProviderScope.test());
        StripePaymentProvider provider = StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(KEY)
                .webhookSecrets(config.secrets())
                .apiBase(URI.create(config.provider()))
                .build());
        BillingBuilder builder = Billing.builder(Shop.catalog(), provider, stores)
                .clock(() -> Instant.now().plus(config.ahead()))
                .webhookMode(config.mode())
                .listener(HostRows.booking(stores.transactor()))
                .listener(HostRows.mailing(pool));
        this.billing = (background ? builder.backgroundInterval(LOOK) : builder.withoutBackgroundWork()).build();
    }

    /** A host that works in the background, as one does that serves. */
    static Host serving(HostConfig config) {
        return new Host(config, true);
    }

    /** A host that does nothing by itself. */
    public static Host idle(HostConfig config) {
        return new Host(config, false);
    }

    /** Makes the tables, brings what is sold to Stripe, and looks at events from now on. */
    public void open() throws SQLException {
        BillhookSchema.of(Dialect.detect(pool)).install(pool);
        HostRows.install(pool);
        billing.catalogPublisher().apply();
        billing.reconciler().replay();
    }

    public Billing billing() {
        return billing;
    }

    public JdbcStores stores() {
        return stores;
    }

    public HikariDataSource pool() {
        return pool;
    }

    @Override
    public void close() {
        billing.close();
        pool.close();
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setLeakDetectionThreshold(LEAK_MILLIS);
        return new HikariDataSource(config);
    }
}
