package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.BillingException;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.grant.GrantRequest;
import dev.billhook.spi.signal.AccessSignals;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D2 two nodes on PostgreSQL tell each other at once whose access changes")
class PostgreSqlSignalsTest {
    private static final AccountRef ACCOUNT = BillingFixture.ACCOUNT;
    private static final EntitlementCaching FOR_AN_HOUR = new EntitlementCaching(1000, Duration.ofHours(1));

    private final ProviderScope scope =
            new ProviderScope("s" + UUID.randomUUID().toString().replace("-", ""), false);
    private HikariDataSource pool;
    private Node one;
    private Node two;

    @BeforeEach
    void start() throws InterruptedException {
        pool = TestDatabase.POSTGRESQL.pool(10);
        one = new Node(pool, scope);
        two = new Node(pool, scope);
        assertThat(one.hears()).isEqualTo("all");
        assertThat(two.hears()).isEqualTo("all");
    }

    @AfterEach
    void stop() {
        one.host.close();
        two.host.close();
        pool.close();
    }

    @Test
    @DisplayName(
            "D2 what changes on one node is seen on the other as soon as it is committed, however long answers are remembered")
    void atOnce() throws InterruptedException {
        assertThat(two.state(ACCOUNT)).isEqualTo(AccessState.NONE);

        one.host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);

        assertThat(two.hears()).isEqualTo("changed");
        assertThat(two.state(ACCOUNT)).isEqualTo(AccessState.ACTIVE);
        assertThat(one.state(ACCOUNT)).isEqualTo(AccessState.ACTIVE);
    }

    @Test
    @DisplayName("D2 without signals the other node sees it when what it remembers is too old")
    void withoutSignals() {
        try (BillingFixture deaf = new BillingFixture(
                JdbcStores.create(pool, scope), builder -> builder.entitlementCaching(FOR_AN_HOUR))) {
            assertThat(deaf.billing.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.NONE);

            one.host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);

            assertThat(deaf.billing.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.NONE);
            deaf.clock.advance(Duration.ofHours(1));
            assertThat(deaf.billing.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.ACTIVE);
        }
    }

    @Test
    @DisplayName("D2 what is rolled back is told to nobody, and a node does not hear itself")
    void rolledBack() throws InterruptedException {
        AccountRef other = AccountRef.of("user", "43");
        assertThat(two.state(ACCOUNT)).isEqualTo(AccessState.NONE);
        one.host.billing.accounts().register(other, AccountProfile.empty());
        assertThatThrownBy(() -> one.host.stores.transactor().run(() -> {
                    one.host.billing.grants().give(GrantRequest.ofPlan(ACCOUNT, BillingFixture.PRO, "root", "press"));
                    throw new IllegalStateException("the host changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);

        one.host.billing.grants().give(GrantRequest.ofPlan(other, BillingFixture.PRO, "root", "press"));

        assertThat(two.hears()).as("the second grant only").isEqualTo("changed");
        assertThat(two.heard).isEmpty();
        assertThat(one.heard).isEmpty();
        assertThat(two.state(other)).isEqualTo(AccessState.ACTIVE);
    }

    @Test
    @DisplayName(
            "D2 when the connection is lost, what was told meanwhile is lost, so all that is remembered is forgotten")
    void connectionLost() throws InterruptedException {
        assertThat(two.state(ACCOUNT)).isEqualTo(AccessState.NONE);

        TestDatabase.execute(pool, """
                select pg_terminate_backend(pid) from pg_stat_activity
                where query = 'listen billhook_access' and pid <> pg_backend_pid()""");
        one.host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);

        while (!two.hears().equals("all")) {
            assertThat(two.state(ACCOUNT)).isIn(AccessState.NONE, AccessState.ACTIVE);
        }
        assertThat(two.state(ACCOUNT)).isEqualTo(AccessState.ACTIVE);
    }

    @Test
    @DisplayName("D13 scopes do not hear each other")
    void scopes() throws InterruptedException {
        Node stranger = new Node(pool, new ProviderScope(scope.account(), true));
        try {
            assertThat(stranger.hears()).isEqualTo("all");

            one.host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);

            assertThat(two.hears()).isEqualTo("changed");
            assertThat(stranger.heard).isEmpty();
        } finally {
            stranger.host.close();
        }
    }

    @Test
    @DisplayName("D2 many accounts at once are told of in one notification that fits, or as all of them")
    void many() throws InterruptedException {
        PostgreSqlSignals sender = PostgreSqlSignals.create(pool, JdbcStores.create(pool, scope));
        sender.send(IntStream.range(-250, 250).boxed().collect(Collectors.toSet()));
        assertThat(two.hears()).isEqualTo("changed");

        sender.send(IntStream.range(0, 501).boxed().collect(Collectors.toSet()));
        assertThat(two.hears()).isEqualTo("all");
        sender.close();
    }

    @Test
    @DisplayName("D2 a connection that listened is given back to the pool as it was")
    void givenBack() throws SQLException {
        two.host.close();
        one.host.close();

        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet channels = statement.executeQuery("select pg_listening_channels()")) {
            assertThat(channels.next()).isFalse();
        }
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    @DisplayName("D2 other databases cannot signal, and say what to do")
    void otherDatabases() {
        HikariDataSource h2 = TestDatabase.H2.pool();
        assertThatThrownBy(() -> PostgreSqlSignals.create(h2, JdbcStores.create(h2, scope)))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("EntitlementCaching");
    }

    /** A host that remembers for an hour, and what it is told. */
    private static final class Node implements AccessSignals {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final PostgreSqlSignals signals;
        private final BillingFixture host;

        Node(HikariDataSource pool, ProviderScope scope) {
            JdbcStores stores = JdbcStores.create(pool, scope);
            signals = PostgreSqlSignals.create(pool, stores, Duration.ofMillis(10));
            host = new BillingFixture(
                    stores, builder -> builder.entitlementCaching(FOR_AN_HOUR).accessSignals(this));
        }

        AccessState state(AccountRef account) {
            return host.billing.entitlements().resolve(account).state();
        }

        /** What it is told next, once it has taken it in. */
        String hears() throws InterruptedException {
            String next = heard.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("told within half a minute").isNotNull();
            return String.valueOf(next);
        }

        @Override
        public void send(Set<Integer> marks) {
            signals.send(marks);
        }

        @Override
        public void start(Receiver receiver) {
            signals.start(new Receiver() {
                @Override
                public void changed(Set<Integer> marks) {
                    receiver.changed(marks);
                    heard.add("changed");
                }

                @Override
                public void allChanged() {
                    receiver.allChanged();
                    heard.add("all");
                }
            });
        }

        @Override
        public void close() {
            signals.close();
        }
    }
}
