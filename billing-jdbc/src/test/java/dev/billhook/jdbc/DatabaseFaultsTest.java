package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.jdbc.FaultyDataSource.Fault;
import dev.billhook.mirror.Notice;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookMode;
import dev.billhook.webhook.WebhookOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName(
        "C5 C6 Faults of the database: what was answered with 200 is not lost, nothing comes twice, the mirror converges")
@ExtendWith(NoLeakedConnections.class)
class DatabaseFaultsTest {
    private static final Instant T = SubscriptionStates.START;
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);
    private static final Subscription CANCELLING = SubscriptionStates.cancelled(ACTIVE, Cancellation.atPeriodEnd());

    private final ProviderScope scope = new ProviderScope("t" + UUID.randomUUID(), false);

    static Stream<Arguments> faults() {
        return databasesAndModes()
                .flatMap(chosen -> Stream.of(Fault.values())
                        .filter(fault -> chosen.get()[0] == TestDatabase.H2 || fault.hidesWhatWasDone())
                        .map(fault -> Arguments.of(chosen.get()[0], chosen.get()[1], fault)));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("faults")
    @DisplayName("a fault at any step, from the request to the last delivery")
    void atEveryStep(TestDatabase database, WebhookMode mode, Fault fault) {
        installHostTable(database);
        int step = 0;
        boolean struck = true;
        while (struck) {
            step++;
            struck = new Life(database, mode).struckBy(fault, step);
        }

        assertThat(step).as("steps that were tried").isGreaterThan(10);
    }

    /** An account's subscription begins, is cancelled in the same second and paid for, while the database breaks once. */
    private static final class Life {
        private final ProviderScope scope = new ProviderScope("t" + UUID.randomUUID(), false);
        private final TestDatabase database;
        private final FaultyDataSource faulty;
        private final JdbcStores stores;
        private final BillingFixture host;
        private final List<Runnable> unanswered = new ArrayList<>();
        private boolean answerLost;

        private Life(TestDatabase database, WebhookMode mode) {
            this.database = database;
            this.faulty = new FaultyDataSource(database.pool());
            this.stores = JdbcStores.create(faulty.dataSource(), scope);
            this.host = new BillingFixture(
                    stores,
                    builder -> builder.webhookMode(mode)
                            .listener(BillingListener.named("rows", ListenerPhase.IN_TRANSACTION, this::writeRow)));
        }

        /** Whether the life had so many steps; it ends well in any case. */
        private boolean struckBy(Fault fault, int step) {
            answerLost = fault == Fault.ANSWER_LOST;
            try (host) {
                host.atProvider(CANCELLING);
                faulty.strike(fault, step);
                deliver("evt_1", state(ACTIVE));
                deliver("evt_2", state(CANCELLING));
                deliver("evt_3", paid());
                tryToDrain();
                boolean struck = faulty.struck();
                faulty.repair();
                List.copyOf(unanswered).forEach(Runnable::run);
                for (int round = 0; round < 3; round++) {
                    host.clock.advance(Duration.ofMinutes(10));
                    host.drain();
                }
                assertConverged(fault + " at step " + step);
                return struck;
            }
        }

        private void deliver(String id, EventContent content) {
            Runnable delivery = () -> {
                WebhookOutcome outcome = host.deliver(id, "some.type", content, T);
                assertThat(outcome.httpStatus()).isEqualTo(200);
            };
            try {
                delivery.run();
            } catch (StoreException notStored) {
                unanswered.add(delivery);
                assertThat(JdbcStores.create(database.pool(), scope)
                                        .inbox()
                                        .find(id)
                                        .isPresent()
                                && !answerLost)
                        .as("refused, though it is safe")
                        .isFalse();
            }
        }

        private void tryToDrain() {
            try {
                host.drain();
            } catch (StoreException down) {
                assertThat(faulty.struck()).isTrue();
            }
        }

        private void assertConverged(String what) {
            assertThat(host.mirrored("sub_1")).as(what).isEqualTo(CANCELLING);
            assertThat(host.billing.inbox().count()).as(what).isEqualTo(Map.of(InboxStatus.DONE, 3L));
            assertThat(stores.outbox().size()).as(what).isZero();
            assertThat(rows("name"))
                    .as(what + ": what the host wrote in the mirror's transactions")
                    .containsExactlyInAnyOrder("SubscriptionActivated", "CancellationScheduled", "InvoicePaid");
            List<String> told =
                    host.afterCommit.stream().map(BillingEvent::id).distinct().toList();
            assertThat(told)
                    .as(what + ": what was told after the commits")
                    .containsExactlyInAnyOrderElementsOf(rows("id"));
            assertThat(host.afterCommit.stream()
                            .map(event -> event.getClass().getSimpleName())
                            .filter(name -> !name.equals("InvoicePaid"))
                            .distinct())
                    .as(what + ": the order")
                    .containsExactly("SubscriptionActivated", "CancellationScheduled");
        }

        private void writeRow(BillingEvent event) {
            try {
                stores.transactor().withConnection(connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement("insert into host_event (scope, id, name) values (?, ?, ?)")) {
                        insert.setString(1, scope.account());
                        insert.setString(2, event.id());
                        insert.setString(3, event.getClass().getSimpleName());
                        return insert.executeUpdate();
                    }
                });
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private List<String> rows(String column) {
            List<String> rows = new ArrayList<>();
            try (Connection connection = database.pool().getConnection();
                    PreparedStatement select =
                            connection.prepareStatement("select " + column + " from host_event where scope = ?")) {
                select.setString(1, scope.account());
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return rows;
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("databasesAndModes")
    @DisplayName("a pool that is exhausted: the request fails, nothing is stored; the next delivery is taken")
    void poolExhausted(TestDatabase database, WebhookMode mode) throws Exception {
        try (HikariDataSource small = smallPool(database);
                BillingFixture host =
                        new BillingFixture(JdbcStores.create(small, scope), builder -> builder.webhookMode(mode))) {
            try (Connection last = small.getConnection()) {
                assertThat(last.isClosed()).isFalse();
                assertThatThrownBy(() -> host.deliver("evt_1", ACTIVE, T))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                failure -> assertThat(failure.retryable()).isTrue());
                assertThatThrownBy(host.billing::runDueWork).isInstanceOf(StoreException.class);
            }

            assertThat(host.stores.inbox().find("evt_1")).isEmpty();
            assertThat(host.deliver("evt_1", ACTIVE, T).httpStatus()).isEqualTo(200);
            host.drain();
            assertThat(host.mirrored("sub_1")).isEqualTo(ACTIVE);
            assertThat(host.eventNames()).containsExactly("SubscriptionActivated");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("an account whose row somebody holds: its event waits in the inbox, those of others are applied")
    void rowHeld(TestDatabase database) throws Exception {
        AccountRef second = AccountRef.of("user", "second");
        Subscription other = SubscriptionStates.active("sub_2", "pro-monthly", 1);
        try (HikariDataSource impatient = database.poolThatBeginsWith(database.shortLockTimeout());
                BillingFixture host = new BillingFixture(
                        JdbcStores.create(impatient, scope), builder -> builder.webhookMode(WebhookMode.QUEUED))) {
            host.billing.accounts().register(second, AccountProfile.empty());
            host.deliver("evt_0", ACTIVE, T);
            host.drain();
            host.deliver("evt_1", CANCELLING, T.plusSeconds(1));
            host.deliver(
                    "evt_2",
                    "customer.subscription.created",
                    new EventContent.State(SubscriptionStates.snapshot(other, "cus_2", second)),
                    T.plusSeconds(1));
            JdbcStores holder = JdbcStores.create(database.pool(), scope);

            holder.transactor().run(() -> {
                assertThat(holder.accounts().lock(BillingFixture.ACCOUNT)).isPresent();
                CompletableFuture.runAsync(host::drain).join();
            });

            assertThat(host.mirrored("sub_1")).isEqualTo(ACTIVE);
            assertThat(host.mirrored("sub_2")).isEqualTo(other);
            assertThat(host.billing.inbox().find("evt_1").orElseThrow()).satisfies(event -> {
                assertThat(event.status()).isEqualTo(InboxStatus.PENDING);
                assertThat(event.attempts()).isEqualTo(1);
                assertThat(event.error()).contains("repeat the work");
            });
            host.clock.advance(Duration.ofSeconds(15));
            host.drain();
            assertThat(host.mirrored("sub_1")).isEqualTo(CANCELLING);
            assertThat(host.billing.inbox().count()).isEqualTo(Map.of(InboxStatus.DONE, 3L));
        }
    }

    static Stream<Arguments> oddities() {
        Subscription normal = SubscriptionStates.active("sub_2", "pro-monthly", 1);
        return databasesAndModes()
                .flatMap(chosen -> Stream.of(
                                SubscriptionStates.active("sub_" + "x".repeat(300), "pro-monthly", 1),
                                SubscriptionStates.active("sub_\0", "pro-monthly", 1),
                                SubscriptionStates.active("sub_\uD800", "pro-monthly", 1),
                                SubscriptionStates.created(normal, Instant.ofEpochSecond(9_000_000_000_000L)))
                        .map(odd -> Arguments.of(chosen.get()[0], chosen.get()[1], odd)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("oddities")
    @DisplayName("an event the database can never hold: kept, dead after the last attempt, in nobody's way")
    void poison(TestDatabase database, WebhookMode mode, Subscription odd) {
        try (BillingFixture host =
                new BillingFixture(JdbcStores.create(database.pool(), scope), builder -> builder.webhookMode(mode))) {
            assertThat(host.deliver("evt_1", odd, T).httpStatus()).isEqualTo(200);
            assertThat(host.deliver("evt_2", ACTIVE, T.plusSeconds(1)).httpStatus())
                    .isEqualTo(200);

            for (int attempt = 0; attempt < 4; attempt++) {
                host.drain();
                host.clock.advance(Duration.ofMinutes(2));
            }

            assertThat(host.mirrored("sub_1")).isEqualTo(ACTIVE);
            InboxEvent event = host.billing.inbox().find("evt_1").orElseThrow();
            if (event.status() == InboxStatus.DEAD) {
                assertThat(event.attempts()).isEqualTo(3);
                assertThat(event.payload()).isEqualTo("evt_1");
                assertThat(event.error()).isNotBlank().doesNotContain("xxxx");
            } else {
                assertThat(event.status()).isEqualTo(InboxStatus.DONE);
                assertThat(host.stores.subscriptions().list(BillingFixture.ACCOUNT))
                        .hasSize(2);
            }
        }
    }

    static Stream<Arguments> databasesAndModes() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(WebhookMode.values()).map(mode -> Arguments.of(database, mode)));
    }

    /** One connection, and little patience to wait for it. */
    private static HikariDataSource smallPool(TestDatabase database) {
        HikariConfig config = new HikariConfig();
        database.pool().copyStateTo(config);
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(250);
        return new HikariDataSource(config);
    }

    private static EventContent state(Subscription state) {
        return new EventContent.State(SubscriptionStates.snapshot(state, "cus_1", BillingFixture.ACCOUNT));
    }

    private static EventContent paid() {
        return new EventContent.Noted(new Notice.Invoice(
                Notice.InvoiceKind.PAID, "in_1", "cus_1", "sub_1", Money.of(2900, "usd"), 1, null, null));
    }

    private static synchronized void installHostTable(TestDatabase database) {
        database.pool();
        database.execute("create table if not exists host_event (scope varchar(64), id varchar(64), name varchar(64))");
    }
}
