package dev.billhook.benchmarks;

import dev.billhook.Billing;
import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.spi.store.MirroredSubscription;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Asking what an account may do, each time of PostgreSQL over the loopback. The limit is the indexed select of its subscriptions by
 * hand, columns read as they are.
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
    private final PostgreSqlMirror mirror = new PostgreSqlMirror();
    private final Billing billing = Accounts.billing(mirror.stores(), EntitlementCaching.NONE);

    /** The limit. */
    @Benchmark
    public int select() throws SQLException {
        AccountRef account = Accounts.ref(accounts.next());
        try (Connection connection = mirror.pool().getConnection();
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
        return mirror.stores().subscriptions().list(Accounts.ref(accounts.next()));
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

    /** Stops the server. */
    @TearDown
    public void close() throws IOException {
        billing.close();
        mirror.close();
    }
}
