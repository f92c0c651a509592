package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.NotFoundException;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.entitlement.AccessState;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.event.OutboxQuery;
import dev.billhook.grant.Grant;
import dev.billhook.grant.GrantRequest;
import dev.billhook.mirror.Notice;
import dev.billhook.money.Money;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two Stripe accounts in one host and one schema, whose objects have the very same ids. */
@DisplayName("D13 several provider accounts on one schema do not touch each other")
class AccountsApartTest {
    private static final AccountRef ACCOUNT = BillingFixture.ACCOUNT;
    private static final AccountRef OTHER = AccountRef.of("user", "43");
    private static final Instant T = SubscriptionStates.START;
    private static final URI PAGE = URI.create("https://app.example/plans");
    private static final String MAILER = "mail-desk";

    private final String name = UUID.randomUUID().toString();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName(
            "D13 of every table the rows, and all that must be unique among them, belong to a provider account and its mode")
    void keys(TestDatabase database) throws SQLException {
        List<String> lines = SchemaDescription.of(database.pool());

        assertThat(lines.stream().filter(line -> line.contains(" primary ")))
                .hasSizeGreaterThan(8)
                .allMatch(line -> line.contains(" primary [provider_account, livemode, "));
        assertThat(lines.stream().filter(line -> line.contains(" unique ")))
                .allMatch(line ->
                        line.contains(" unique [provider_account, livemode, ") || line.endsWith(" unique [seq]"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("D13 whatever one does and undoes, the rows of the other stay as they are, and are not seen")
    void rows(TestDatabase database) throws SQLException {
        DataSource pool = database.pool();
        try (BillingFixture europe = host(pool, "eu");
                BillingFixture america = host(pool, "us")) {
            use(europe);
            Map<String, TreeSet<String>> before = rowsOf(pool, europe.stores.scope());
            assertThat(before.keySet())
                    .contains(
                            "billing_account",
                            "billing_subscription",
                            "billing_subscription_item",
                            "billing_webhook_event",
                            "billing_outbox",
                            "billing_grant",
                            "billing_access",
                            "billing_checkout",
                            "billing_fact",
                            "billing_cursor");

            assertThat(america.billing.subscriptions().list(ACCOUNT)).isEmpty();
            assertThat(america.billing.accounts().find(OTHER)).isEmpty();
            assertThat(america.billing.inbox().count()).isEmpty();
            assertThat(america.billing.outbox().list(OutboxQuery.all())).isEmpty();
            assertThat(america.billing.grants().list(ACCOUNT)).isEmpty();
            assertThat(america.billing.reconciler().lastReplay()).isEmpty();
            assertThat(america.stores.subscriptions().scan(null, null, 10)).isEmpty();
            assertThat(america.inTransaction).isEmpty();

            use(america);
            undo(america);

            assertThat(rowsOf(pool, europe.stores.scope())).isEqualTo(before);
            assertThat(rowsOf(pool, america.stores.scope())).isNotEqualTo(before);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("D13 answers, listeners and what operators look at are each account's own")
    void services(TestDatabase database) {
        DataSource pool = database.pool();
        try (BillingFixture europe = host(pool, "eu");
                BillingFixture america = host(pool, "us")) {
            assertThat(america.billing.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.NONE);

            use(europe);

            assertThat(europe.billing.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.ACTIVE);
            assertThat(america.billing.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.NONE);
            assertThat(europe.inTransaction).isNotEmpty();
            assertThat(america.inTransaction).isEmpty();
            america.drain();
            assertThat(america.afterCommit).isEmpty();
            assertThat(europe.billing.inbox().count()).containsKey(InboxStatus.PARKED);
            assertThatThrownBy(() -> america.billing.inbox().discard("evt_parked", "ours"))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> america.billing.inbox().replay("evt_active"))
                    .isInstanceOf(NotFoundException.class);
            String grant = europe.billing.grants().list(ACCOUNT).get(0).id();
            assertThatThrownBy(() -> america.billing.grants().revoke(ACCOUNT, grant, "root", "ours"))
                    .isInstanceOf(NotFoundException.class);
            assertThat(america.deliver(
                                    "evt_active",
                                    SubscriptionStates.active("sub_1", "team-monthly", 3),
                                    T.plusSeconds(1))
                            .httpStatus())
                    .isEqualTo(200);
            assertThat(america.mirrored("sub_1").items().get(0).quantity()).isEqualTo(3);
            assertThat(europe.mirrored("sub_1").items().get(0).quantity()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("D13 nobody waits for what another account has locked")
    void locks(TestDatabase database) throws InterruptedException {
        DataSource pool = database.pool();
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        try (BillingFixture europe = host(pool, "eu");
                BillingFixture america = host(pool, "us")) {
            use(europe);
            use(america);

            europe.stores.transactor().run(() -> {
                europe.deliver("evt_held", SubscriptionStates.active("sub_1", "team-monthly", 9), T.plusSeconds(60));
                assertThat(elsewhere.submit(() -> america.deliver(
                                "evt_held", SubscriptionStates.active("sub_1", "team-monthly", 5), T.plusSeconds(60))))
                        .succeedsWithin(Duration.ofSeconds(30));
            });

            assertThat(america.mirrored("sub_1").items().get(0).quantity()).isEqualTo(5);
            assertThat(europe.mirrored("sub_1").items().get(0).quantity()).isEqualTo(9);
        } finally {
            elsewhere.shutdownNow();
            assertThat(elsewhere.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private BillingFixture host(DataSource pool, String account) {
        return new BillingFixture(
                JdbcStores.create(pool, new ProviderScope(account + "-" + name, false)),
                builder -> builder.listener(BillingListener.named(MAILER, ListenerPhase.AFTER_COMMIT, event -> {
                    throw new IllegalStateException("no mail today");
                })));
    }

    /** Leaves something in every table; the ids are the same whoever does it. */
    private static void use(BillingFixture host) {
        host.billing.accounts().register(OTHER, AccountProfile.ofEmail("bob@example.com"));
        host.billing.checkout().start(CheckoutRequest.of(ACCOUNT, BillingFixture.PRO, PAGE, PAGE));
        host.deliver("evt_active", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        host.deliver(
                "evt_paid",
                "invoice.paid",
                new EventContent.Noted(new Notice.Invoice(
                        Notice.InvoiceKind.PAID, "in_1", "cus_1", "sub_1", Money.of(2900, "usd"), 1, null, null)),
                T);
        host.deliver(
                "evt_parked",
                "customer.subscription.updated",
                new EventContent.State(SubscriptionStates.snapshot(
                        SubscriptionStates.active("sub_9", "pro-monthly", 1), "cus_9", null)),
                T);
        host.billing.grants().give(GrantRequest.ofFeature(ACCOUNT, "roles", "root", "press"));
        host.billing.reconciler().replay();
        host.drain();
    }

    /** Takes away as much as a host can. */
    private static void undo(BillingFixture host) {
        for (Grant grant : host.billing.grants().list(ACCOUNT)) {
            host.billing.grants().revoke(ACCOUNT, grant.id(), "root", "over");
        }
        host.deliver(
                "evt_ended",
                SubscriptionStates.withStatus(host.mirrored("sub_1"), SubscriptionStatus.CANCELED),
                T.plusSeconds(60));
        host.billing.outbox().retryAll(OutboxQuery.all());
        host.billing
                .outbox()
                .list(OutboxQuery.all())
                .forEach(entry ->
                        host.billing.outbox().discard(entry.event().meta().id(), entry.listener(), "over"));
        host.billing.inbox().replayAll(InboxQuery.all());
        host.billing.inbox().discard("evt_parked", "over");
        host.billing.inbox().prune(Instant.parse("2100-01-01T00:00:00Z"));
        host.billing.reconciler().sweep(SweepRequest.repairing().pause(Duration.ZERO));
        host.billing.reconciler().replay();
        host.drain();
    }

    /** What stands in each table that has something of the scope. */
    private static Map<String, TreeSet<String>> rowsOf(DataSource pool, ProviderScope scope) throws SQLException {
        Map<String, TreeSet<String>> rows = new TreeMap<>();
        try (Connection connection = pool.getConnection()) {
            for (String table : BillhookSchema.of(Dialect.detect(pool)).tables()) {
                try (PreparedStatement statement =
                        connection.prepareStatement("select * from " + table + " where provider_account = ?")) {
                    statement.setString(1, scope.account());
                    ResultSet found = statement.executeQuery();
                    while (found.next()) {
                        StringBuilder row = new StringBuilder();
                        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                            row.append(found.getString(i)).append('|');
                        }
                        rows.computeIfAbsent(table, none -> new TreeSet<>()).add(row.toString());
                    }
                }
            }
        }
        return rows;
    }
}
