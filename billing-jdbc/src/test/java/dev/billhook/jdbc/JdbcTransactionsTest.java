package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.jdbc.spi.ConnectionWork;
import dev.billhook.jdbc.spi.JdbcTransactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NoLeakedConnections.class)
class JdbcTransactionsTest {
    private static final AccountRef A = AccountRef.of("user", "a");
    private static final AccountRef B = AccountRef.of("user", "b");
    private static final Instant NOW = Instant.parse("2026-10-25T00:30:00Z");

    private final ProviderScope scope = new ProviderScope("t" + UUID.randomUUID(), false);

    @ParameterizedTest(name = "On {0} the loser of a deadlock is run again, so both succeed")
    @EnumSource(TestDatabase.class)
    void deadlock(TestDatabase database) throws Exception {
        JdbcStores stores = stores(database);
        AtomicInteger runs = new AtomicInteger();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<?> run : List.of(
                    threads.submit(() -> lockBoth(stores, A, B, bothHoldOne, runs)),
                    threads.submit(() -> lockBoth(stores, B, A, bothHoldOne, runs)))) {
                run.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(runs).hasValueGreaterThan(2);
        assertThat(stores.accounts().find(A))
                .get()
                .extracting(BillingAccount::version)
                .isEqualTo(3L);
        assertThat(stores.accounts().find(B))
                .get()
                .extracting(BillingAccount::version)
                .isEqualTo(3L);
    }

    @ParameterizedTest(
            name = "On {0} a lock that is not to be had in time can be retried by the caller, and is not by us")
    @EnumSource(TestDatabase.class)
    void lockTimeout(TestDatabase database) throws Exception {
        JdbcStores stores = stores(database);
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (HikariDataSource impatient = database.poolThatBeginsWith(database.shortLockTimeout())) {
            Future<?> holder = threads.submit(() -> stores.transactor().run(() -> {
                stores.accounts().lock(A);
                locked.countDown();
                await(tried);
            }));
            locked.await();
            JdbcStores other = JdbcStores.create(impatient, scope);

            assertThatThrownBy(() -> other.transactor().run(() -> {
                        runs.incrementAndGet();
                        other.accounts().lock(A);
                    }))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.retryable()).isTrue());
            tried.countDown();
            holder.get(10, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
        assertThat(runs).hasValue(1);
    }

    @ParameterizedTest(name = "B7 On {0} host rows commit and roll back with the mirror")
    @EnumSource(TestDatabase.class)
    void hostJoins(TestDatabase database) throws Exception {
        JdbcStores stores = stores(database);
        String table = "host_" + scope.account().replace('-', '_');
        database.execute("create table " + table + " (id integer primary key)");

        assertThatThrownBy(() -> stores.transactor().run(() -> {
                    stores.accounts().update(account(A));
                    insert(stores, table, 1);
                    throw new IllegalStateException("boom");
                }))
                .isInstanceOf(IllegalStateException.class);
        stores.transactor().run(() -> {
            stores.accounts().update(account(B));
            insert(stores, table, 2);
        });

        assertThat(stores.accounts().find(A))
                .get()
                .extracting(BillingAccount::version)
                .isEqualTo(1L);
        assertThat(stores.accounts().find(B))
                .get()
                .extracting(BillingAccount::version)
                .isEqualTo(2L);
        assertThat(number(database, "select max(id) * 10 + count(*) from " + table))
                .isEqualTo(21);
    }

    @ParameterizedTest(name = "On {0} single statements are committed though the pool has auto-commit off")
    @EnumSource(TestDatabase.class)
    void autoCommitOff(TestDatabase database) {
        try (HikariDataSource pool = database.poolWithoutAutoCommit()) {
            JdbcStores stores = JdbcStores.create(pool, scope);

            stores.accounts().insertIfAbsent(account(A));
            stores.transactor().run(() -> stores.accounts().insertIfAbsent(account(B)));
            assertThatThrownBy(() -> stores.accounts().update(account(A).withProfile(tooLong())))
                    .isInstanceOf(StoreException.class);

            assertThat(JdbcStores.create(database.pool(), scope).accounts().find(A))
                    .isPresent();
            assertThat(JdbcStores.create(database.pool(), scope).accounts().find(B))
                    .isPresent();
        }
    }

    @ParameterizedTest(name = "On {0} neither message nor causes of a refusal quote personal data")
    @EnumSource(TestDatabase.class)
    void noPersonalData(TestDatabase database) {
        JdbcStores stores = stores(database);

        assertThatThrownBy(() -> stores.accounts().update(account(A).withProfile(tooLong())))
                .isInstanceOfSatisfying(StoreException.class, e -> {
                    assertThat(e.retryable()).isFalse();
                    assertThat(e).hasStackTraceContaining("SQLState 22");
                    assertThat(stackTrace(e)).doesNotContain("Mrs Secret");
                });
    }

    @ParameterizedTest(name = "On {0} instants are UTC whatever the session''s time zone")
    @EnumSource(TestDatabase.class)
    void sessionTimeZone(TestDatabase database) throws Exception {
        String setZone =
                database == TestDatabase.MARIADB ? "set time_zone = '-05:00'" : "set time zone 'America/New_York'";
        String epoch = database == TestDatabase.MARIADB
                ? "timestampdiff(second, '1970-01-01', created_at)"
                : "extract(epoch from created_at)";
        try (HikariDataSource elsewhere = database.poolThatBeginsWith(setZone)) {
            JdbcStores stores = JdbcStores.create(elsewhere, scope);
            stores.accounts().insertIfAbsent(account(A));

            assertThat(stores.accounts().find(A)).contains(account(A));
            assertThat(stores(database).accounts().find(A)).contains(account(A));
            assertThat(number(
                            database,
                            "select " + epoch + " from billing_account where account_id = 'a' and provider_account = '"
                                    + scope.account() + "'"))
                    .isEqualTo(NOW.getEpochSecond());
        }
    }

    @Test
    @DisplayName("Resolving an account is one statement in the transactions the host provides")
    void oneStatement() {
        AtomicInteger statements = new AtomicInteger();
        JdbcTransactions own = stores(TestDatabase.H2).transactor();
        JdbcStores stores = JdbcStores.create(new Counting(own, statements), Dialect.H2, scope);

        assertThat(stores.access().claims(A)).isEmpty();

        assertThat(statements).hasValue(1);
    }

    private JdbcStores stores(TestDatabase database) {
        JdbcStores stores = JdbcStores.create(database.pool(), scope);
        stores.accounts().insertIfAbsent(account(A));
        stores.accounts().insertIfAbsent(account(B));
        return stores;
    }

    private static BillingAccount account(AccountRef ref) {
        return BillingAccount.registered(ref, AccountProfile.empty(), NOW);
    }

    private static AccountProfile tooLong() {
        return new AccountProfile(null, "Mrs Secret" + "x".repeat(600));
    }

    private static void lockBoth(
            JdbcStores stores, AccountRef first, AccountRef second, CyclicBarrier bothHoldOne, AtomicInteger runs) {
        AtomicInteger attempts = new AtomicInteger();
        stores.transactor().run(() -> {
            runs.incrementAndGet();
            stores.accounts().lock(first);
            if (attempts.getAndIncrement() == 0) {
                await(bothHoldOne);
            }
            stores.accounts().lock(second);
            stores.accounts().update(account(first));
            stores.accounts().update(account(second));
        });
    }

    private static void insert(JdbcStores stores, String table, int id) {
        try {
            stores.transactor().withConnection(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("insert into " + table + " values (" + id + ")");
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(TestDatabase database, String query) throws SQLException {
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The host's transactions, counting what runs in them. */
    private record Counting(JdbcTransactions delegate, AtomicInteger statements) implements JdbcTransactions {
        @Override
        public <T> T inTransaction(Supplier<T> work) {
            return delegate.inTransaction(work);
        }

        @Override
        public boolean isOpen() {
            return delegate.isOpen();
        }

        @Override
        public void afterCommit(Runnable action) {
            delegate.afterCommit(action);
        }

        @Override
        public <T> T withConnection(ConnectionWork<T> work) throws SQLException {
            statements.incrementAndGet();
            return delegate.withConnection(work);
        }
    }
}
