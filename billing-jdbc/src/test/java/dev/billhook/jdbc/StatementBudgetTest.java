package dev.billhook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessState;
import dev.billhook.mirror.Notice;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What events cost. The billing has one listener of each phase, and a pool of one connection: whoever wanted a second one would
 * wait for ever. A script or a batch counts once, because it travels at once.
 */
@DisplayName("C6 The budget of statements and connections")
class StatementBudgetTest {
    private static final Instant T = SubscriptionStates.START;
    private static final int BATCH = 50;

    @ParameterizedTest(name = "of single events on {0}")
    @EnumSource
    void inline(TestDatabase database) {
        try (HikariDataSource pool = database.pool(1)) {
            CountingDataSource count = new CountingDataSource(pool);
            try (BillingFixture host = host(count, WebhookMode.INLINE)) {
                Subscription active = SubscriptionStates.active("sub_1", "pro-monthly", 1);
                Subscription cancelling = SubscriptionStates.cancelled(active, Cancellation.atPeriodEnd());
                Subscription converted = SubscriptionStates.active("sub_1", "team-monthly", 3);
                host.deliver(SubscriptionStates.active("sub_0", "pro-monthly", 1), T);
                Budget budget = new Budget(database, count);

                budget.isSpentBy(budget.ofNew, () -> host.deliver("evt_new", active, T));
                budget.isSpentBy(budget.ofUpdate, () -> host.deliver("evt_update", cancelling, T.plusSeconds(2)));
                budget.isSpentBy(budget.ofLines, () -> host.deliver("evt_lines", converted, T.plusSeconds(3)));
                budget.isSpentBy(budget.ofNotice, () -> host.deliver("evt_paid", "invoice.paid", paid(), T));
                budget.isSpentBy(budget.ofStale, () -> host.deliver("evt_stale", active, T.plusSeconds(1)));
                budget.isSpentBy(1, () -> host.deliver("evt_update", cancelling, T.plusSeconds(2)));
                budget.isSpentBy(
                        budget.ofIgnored,
                        () -> host.deliver("evt_x", "radar.review.opened", new EventContent.Irrelevant(), T));

                assertThat(host.mirrored("sub_1")).isEqualTo(converted);
                assertThat(host.billing.inbox().count())
                        .containsOnly(Map.entry(InboxStatus.DONE, 6L), Map.entry(InboxStatus.IGNORED, 1L));
            }
        }
    }

    @ParameterizedTest(name = "of a question about access on {0}: one statement, and none once it is remembered")
    @EnumSource
    @DisplayName("D2")
    void access(TestDatabase database) {
        try (HikariDataSource pool = database.pool(1)) {
            CountingDataSource count = new CountingDataSource(pool);
            try (BillingFixture host = host(count, WebhookMode.INLINE)) {
                host.deliver(SubscriptionStates.active("sub_0", "pro-monthly", 1), T);
                count.reset();

                assertThat(host.billing
                                .entitlements()
                                .resolve(BillingFixture.ACCOUNT)
                                .state())
                        .isEqualTo(AccessState.ACTIVE);
                host.billing.entitlements().resolve(BillingFixture.ACCOUNT);

                assertThat(count.statements()).hasSize(1);
                assertThat(count.connections()).isOne();
                assertThat(count.commits()).isZero();
            }
        }
    }

    @ParameterizedTest(name = "of a renewal on {0}: what a question reads is not written, for it stays as it was")
    @EnumSource
    @DisplayName("D2")
    void renewal(TestDatabase database) {
        try (HikariDataSource pool = database.pool(1)) {
            CountingDataSource count = new CountingDataSource(pool);
            try (BillingFixture host = host(count, WebhookMode.INLINE)) {
                Subscription before = SubscriptionStates.active("sub_0", "pro-monthly", 1);
                Subscription after = before.toBuilder()
                        .items(before.items().stream()
                                .map(StatementBudgetTest::renewed)
                                .toList())
                        .build();
                host.deliver(before, T);
                count.reset();

                host.deliver("evt_renewed", after, T.plusSeconds(2));

                assertThat(host.mirrored("sub_0")).isEqualTo(after);
                assertThat(count.statements())
                        .anyMatch(statement -> statement.contains("update billing_subscription "))
                        .noneMatch(statement -> statement.contains("billing_access"));
            }
        }
    }

    private static SubscriptionItem renewed(SubscriptionItem item) {
        return new SubscriptionItem(
                item.id(),
                item.priceId(),
                item.plan(),
                item.quantity(),
                item.periodEnd(),
                item.periodEnd().plus(Duration.ofDays(31)));
    }

    @ParameterizedTest(name = "of a batch of 50 queued events on {0} is below one statement an event")
    @EnumSource
    void queued(TestDatabase database) {
        try (HikariDataSource pool = database.pool(1)) {
            CountingDataSource count = new CountingDataSource(pool);
            try (BillingFixture host = host(count, WebhookMode.QUEUED)) {
                Budget budget = new Budget(database, count);
                deliverToAll(host, "link", 0, state -> state);
                host.billing.webhooks().processDue(BATCH);

                budget.isSpentToStoreBy(() -> deliver(host, "a", 0, 5, state -> state));
                deliverToAll(host, "b", 6, state -> SubscriptionStates.cancelled(state, Cancellation.atPeriodEnd()));
                budget.isSpentBy(
                        budget.ofQueuedUpdates,
                        () -> assertThat(host.billing.webhooks().processDue(100))
                                .isEqualTo(BATCH + 1));
                assertThat(host.billing.inbox().count()).containsOnlyKeys(InboxStatus.DONE);
            }
        }
    }

    private static void deliverToAll(BillingFixture host, String name, int second, UnaryOperator<Subscription> change) {
        for (int i = 0; i < BATCH; i++) {
            host.billing.accounts().register(account(i), AccountProfile.ofEmail("team" + i + "@example.com"));
            deliver(host, name, i, second, change);
        }
    }

    private static void deliver(
            BillingFixture host, String name, int number, int second, UnaryOperator<Subscription> change) {
        Subscription state = change.apply(SubscriptionStates.active("sub_" + number, "pro-monthly", 1));
        host.deliver(
                "evt_" + name + number,
                "customer.subscription.updated",
                new EventContent.State(SubscriptionStates.snapshot(state, "cus_" + number, account(number))),
                T.plusSeconds(second));
    }

    private static AccountRef account(int number) {
        return AccountRef.of("team", "t" + number);
    }

    private static EventContent paid() {
        return new EventContent.Noted(new Notice.Invoice(
                Notice.InvoiceKind.PAID, "in_1", "cus_1", "sub_1", Money.of(2900, "usd"), 1, null, null));
    }

    private static BillingFixture host(CountingDataSource count, WebhookMode mode) {
        return new BillingFixture(
                JdbcStores.create(count.counted(), new ProviderScope("t" + UUID.randomUUID(), false)),
                builder -> builder.webhookMode(mode));
    }

    /** Statements by kind of event, without the commit; the beginning of a transaction costs MariaDB one more. */
    private static final class Budget {
        private final CountingDataSource count;
        private final boolean scripts;
        private final int beginning;
        private final int ofNew;
        private final int ofUpdate;
        private final int ofLines;
        private final int ofNotice;
        private final int ofStale;
        private final int ofIgnored = 1;

        private final int ofQueuedUpdates;

        private Budget(TestDatabase database, CountingDataSource count) {
            scripts = database == TestDatabase.POSTGRESQL;
            this.count = count;
            beginning = database == TestDatabase.MARIADB ? 1 : 0;
            ofNew = scripts ? 2 : 8;
            ofUpdate = scripts ? 2 : 7;
            ofLines = scripts ? 2 : 7;
            ofNotice = scripts ? 3 : 4;
            ofStale = scripts ? 1 : 3;
            ofQueuedUpdates = scripts ? 4 : 8;
        }

        private void isSpentBy(int statements, Runnable work) {
            isSpentBy(statements, 1, work);
        }

        /** One statement, which PostgreSQL commits by itself. */
        private void isSpentToStoreBy(Runnable work) {
            isSpentBy(1, scripts ? 0 : 1, work);
        }

        private void isSpentBy(int statements, int commits, Runnable work) {
            count.reset();
            work.run();
            assertThat(count.statements()).hasSize(statements + beginning);
            assertThat(count.connections()).isOne();
            assertThat(count.mostAtOnce()).isOne();
            assertThat(count.commits()).isEqualTo(commits);
        }
    }
}
