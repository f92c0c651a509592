package dev.billhook.benchmarks.snapshot;

import dev.billhook.benchmarks.Accounts;
import dev.billhook.benchmarks.PostgreSqlMirror;
import java.io.IOException;
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
    private final PostgreSqlMirror mirror = new PostgreSqlMirror();
    private final SnapshotByHand byHand;
    private final SnapshotByStores byStores;
    private final SnapshotByJdbi byJdbi;

    /** Starts a server and fills the mirror. */
    public SnapshotBenchmark() {
        byHand = new SnapshotByHand(mirror.pool());
        byStores = new SnapshotByStores(mirror.stores());
        byJdbi = new SnapshotByJdbi(mirror.pool());
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
        mirror.close();
    }

    private static void requireUpdated(boolean updated) {
        if (!updated) {
            throw new IllegalStateException("The row was not updated");
        }
    }
}
