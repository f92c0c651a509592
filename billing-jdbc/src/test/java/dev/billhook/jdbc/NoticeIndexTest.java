package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.notice.Told;
import dev.billhook.spi.store.notice.NoticeStore.Mark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("D3 Accounts that are not due cost nothing")
@ExtendWith(NoLeakedConnections.class)
class NoticeIndexTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");

    @Test
    @DisplayName("D3 of a hundred thousand accounts PostgreSQL touches those that are due, by index, in order")
    void index() throws SQLException {
        ProviderScope scope = new ProviderScope("t" + UUID.randomUUID(), false);
        try (HikariDataSource pool = TestDatabase.POSTGRESQL.emptyDatabase()) {
            BillhookSchema.of(Dialect.POSTGRESQL).install(pool);
            CountingDataSource count = new CountingDataSource(pool);
            JdbcStores stores = JdbcStores.create(count.counted(), scope);
            AccountRef due = AccountRef.of("user", "due");
            stores.notices().mark(List.of(new Mark(due, NOW, Told.NOTHING)));
            TestDatabase.execute(pool, """
                    insert into billing_notice (provider_account, livemode, account_type, account_id, look_at, told)
                    select '%s', false, 'user', 'u' || i, timestamp '2027-01-01' + i * interval '1 minute', '{}'
                    from generate_series(1, 100000) i""".formatted(scope.account()));
            TestDatabase.execute(pool, "analyze billing_notice");
            count.reset();

            assertThat(stores.notices().due(NOW, 100)).containsExactly(due);

            assertThat(count.statements()).hasSize(1);
            List<String> plan = explain(pool, count.statements().get(0), scope);
            assertThat(plan).anyMatch(line -> line.contains("Index") && line.contains("billing_notice_look"));
            assertThat(plan).noneMatch(line -> line.contains("Seq Scan") || line.contains("Sort"));
            assertThat(plan).anyMatch(line -> line.matches(".*actual .*rows=1(\\.00)? .*"));
        }
    }

    private static List<String> explain(HikariDataSource pool, String query, ProviderScope scope) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("explain (analyze, timing off, summary off) " + query)) {
            statement.setString(1, scope.account());
            statement.setBoolean(2, scope.livemode());
            statement.setTimestamp(3, Timestamp.from(NOW));
            statement.setInt(4, 100);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.add(rows.getString(1));
                }
            }
        }
        return plan;
    }
}
