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

/** A PostgreSQL of its own with {@link Accounts} in it. */
public final class PostgreSqlMirror implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final HikariDataSource pool;
    private final JdbcStores stores;

    public PostgreSqlMirror() {
        try {
            server = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(server.getPostgresDatabase());
        config.setMaximumPoolSize(2);
        pool = new HikariDataSource(config);
        BillhookSchema.of(Dialect.POSTGRESQL).install(pool);
        stores = JdbcStores.create(pool, ProviderScope.test());
        Accounts.fill(stores);
    }

    public HikariDataSource pool() {
        return pool;
    }

    public JdbcStores stores() {
        return stores;
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
