package dev.billhook.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Asking what an account may do, on H2 in this process, where no network hides the cost. The limit is the same indexed select
 * by hand, its columns read as they are.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EntitlementBenchmark {
    private static final String SELECT = """
            select account_type, account_id, customer_id, state, as_of, as_of_latest, synced_at, version
            from billing_subscription
            where provider_account = ? and livemode = ? and account_type = ? and account_id = ?
            order by created_at desc, subscription_id""";

    private final Accounts accounts = new Accounts();
    private final HikariDataSource dataSource;
    private final JdbcStores stores;
    private final Billing billing;

    /** Fills the mirror. */
    public EntitlementBenchmark() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:entitlements");
        config.setMaximumPoolSize(2);
        dataSource = new HikariDataSource(config);
        BillhookSchema.of(Dialect.H2).install(dataSource);
        stores = JdbcStores.create(dataSource, ProviderScope.test());
        Accounts.fill(stores);
        StripeConfig unused = StripeConfig.builder()
                .apiKey("sk_test_benchmark")
                .withoutWebhooks()
                .build();
        billing = Billing.builder(catalog(), StripePaymentProvider.of(unused), stores)
                .clock(InstantSource.fixed(Accounts.NOW))
                .withoutBackgroundWork()
                .build();
    }

    /** The limit. */
    @Benchmark
    public int select() throws SQLException {
        AccountRef account = Accounts.ref(accounts.next());
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, "default");
            statement.setBoolean(2, false);
            statement.setString(3, account.type());
            statement.setString(4, account.id());
            try (ResultSet rows = statement.executeQuery()) {
                int read = 0;
                while (rows.next()) {
                    for (int column = 1; column <= 7; column++) {
                        read += rows.getString(column).length();
                    }
                }
                return read;
            }
        }
    }

    /** The select and the state's JSON read into records. */
    @Benchmark
    public List<MirroredSubscription> list() {
        return stores.subscriptions().list(Accounts.ref(accounts.next()));
    }

    /** The whole question. */
    @Benchmark
    public Entitlements resolve() {
        Entitlements entitlements = billing.entitlements().resolve(Accounts.ref(accounts.next()));
        if (!entitlements.allows("transcripts")) {
            throw new IllegalStateException("No access: " + entitlements);
        }
        return entitlements;
    }

    /** Closes the pool; the database goes with its last connection. */
    @TearDown
    public void close() {
        billing.close();
        dataSource.close();
    }

    private static Catalog catalog() {
        Product team = new Product(
                "team", "Team", null, 20, Set.of("transcripts", "roles"), Map.of("seats", Limit.perUnit(1)));
        return Catalog.of(List.of(new Plan(
                Accounts.MAIN_PLAN,
                team,
                BillingInterval.MONTHLY,
                new Pricing.PerUnit(Map.of(Currency.getInstance("USD"), 1200L)),
                null,
                UnitTerms.ANY)));
    }
}
