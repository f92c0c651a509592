package dev.billhook.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.ProviderScope;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Taking in a subscription's snapshot on PostgreSQL: lock the account, read the row, update it, replace its two items, commit.
 * Six round trips on the loopback; the server writes, but does not wait for the disk. The limit is JDBC by hand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SnapshotBenchmark {
    private final Accounts accounts = new Accounts();
    private final EmbeddedPostgres server;
    private final HikariDataSource dataSource;
    private final SnapshotByHand byHand;
    private final SnapshotByStores byStores;
    private final SnapshotByJdbi byJdbi;

    /** Starts a server and fills the mirror. */
    public SnapshotBenchmark() {
        server = startServer();
        HikariConfig config = new HikariConfig();
        config.setDataSource(server.getPostgresDatabase());
        config.setMaximumPoolSize(2);
        dataSource = new HikariDataSource(config);
        BillhookSchema.of(Dialect.POSTGRESQL).install(dataSource);
        JdbcStores stores = JdbcStores.create(dataSource, ProviderScope.test());
        Accounts.fill(stores);
        byHand = new SnapshotByHand(dataSource);
        byStores = new SnapshotByStores(stores);
        byJdbi = new SnapshotByJdbi(dataSource);
    }

    /** The limit. */
    @Benchmark
    public void jdbcByHand() throws SQLException {
        int account = accounts.next();
        requireUpdated(byHand.takeIn(Accounts.customerId(account), Accounts.subscriptionId(account)));
    }

    /** Billhook's stores. */
    @Benchmark
    public void billhook() {
        int account = accounts.next();
        requireUpdated(byStores.takeIn(Accounts.customerId(account), Accounts.subscriptionId(account)));
    }

    /** The same with Jdbi. */
    @Benchmark
    public void jdbi() {
        int account = accounts.next();
        requireUpdated(byJdbi.takeIn(Accounts.customerId(account), Accounts.subscriptionId(account)));
    }

    /** Stops the server. */
    @TearDown
    public void close() throws IOException {
        dataSource.close();
        server.close();
    }

    private static EmbeddedPostgres startServer() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireUpdated(boolean updated) {
        if (!updated) {
            throw new IllegalStateException("The row was not updated");
        }
    }
}
