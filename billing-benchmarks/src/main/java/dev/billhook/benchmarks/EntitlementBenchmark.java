package dev.billhook.benchmarks;

import dev.billhook.Billing;
import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.entitlement.Entitlements;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
 * Asking what an account may do, each time of PostgreSQL over the loopback. The limit is the indexed select of its subscriptions by
 * hand, columns read as they are; the narrower limit is the very statement the question sends.
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

    private static final String STATEMENT = """
            select claim
            from billing_access
            where provider_account = ? and livemode = ? and account_type = ? and account_id = ?""";

    private final Accounts accounts = new Accounts();
    private final PostgreSqlMirror mirror = new PostgreSqlMirror();
    private final Billing billing = Accounts.billing(mirror.stores(), EntitlementCaching.NONE);

    /** The limit. */
    @Benchmark
    public int select() throws SQLException {
        return read(SELECT, 7);
    }

    /** The question's own statement, and nothing made of what it answers. */
    @Benchmark
    public int statement() throws SQLException {
        return read(STATEMENT, 1);
    }

    private int read(String sql, int columns) throws SQLException {
        AccountRef account = Accounts.ref(accounts.next());
        try (Connection connection = mirror.pool().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "default");
            statement.setBoolean(2, false);
            statement.setString(3, account.type());
            statement.setString(4, account.id());
            try (ResultSet rows = statement.executeQuery()) {
                int read = 0;
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        read += rows.getString(column).length();
                    }
                }
                if (read == 0) {
                    throw new IllegalStateException("Nothing was found");
                }
                return read;
            }
        }
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
