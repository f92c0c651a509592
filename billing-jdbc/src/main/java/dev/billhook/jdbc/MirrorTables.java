package dev.billhook.jdbc;

import dev.billhook.account.BillingAccount;
import dev.billhook.event.OutboxEntry;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.Step;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.notice.NoticeStore.Mark;
import dev.billhook.webhook.InboxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door's view of accounts and subscriptions, and {@code billing_fact}. */
final class MirrorTables implements MirrorStore {
    private static final TableRows FACTS = new TableRows("billing_fact", "fact").with(ColumnType.TIME, "told_at");

    private static final Sql FORGET = Sql.of("""
            delete from billing_fact
            where provider_account = :provider_account and livemode = :livemode and told_at < :told_before""");

    private static final Sql REMEMBERED = Sql.of("""
            select fact
            from billing_fact
            where provider_account = :provider_account and livemode = :livemode and fact in (:facts)""");

    private final SqlRunner sql;
    private final RowWriter rows;
    private final AccountTable accounts;
    private final SubscriptionTable subscriptions;
    private final InboxTable inbox;
    private final OutboxTable outbox;
    private final NoticeTable notices;

    MirrorTables(
            SqlRunner sql,
            AccountTable accounts,
            SubscriptionTable subscriptions,
            InboxTable inbox,
            OutboxTable outbox,
            NoticeTable notices) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.inbox = inbox;
        this.outbox = outbox;
        this.notices = notices;
    }

    @Override
    public Rows lock(Collection<String> customerIds, Collection<String> subscriptionIds) {
        Reading reading = reading(customerIds, subscriptionIds);
        sql.run(reading.steps());
        return reading.rows();
    }

    @Override
    public Arrival receive(
            List<InboxEvent> events, Collection<String> customerIds, Collection<String> subscriptionIds) {
        if (customerIds.isEmpty()) {
            return new Arrival(inbox.insertAll(events), Rows.NONE);
        }
        if (!sql.takesScripts()) {
            Set<String> inserted = inbox.insertAll(events);
            return new Arrival(inserted, inserted.isEmpty() ? Rows.NONE : lock(customerIds, subscriptionIds));
        }
        Step<String> inserting = inbox.inserting(events);
        Reading reading = reading(customerIds, subscriptionIds);
        List<Step<?>> steps = new ArrayList<>(List.of(inserting));
        steps.addAll(reading.steps());
        sql.run(steps);
        return new Arrival(Set.copyOf(inserting.rows()), reading.rows());
    }

    /**
     * Locks and reads.
     *
     * @param subscriptions null if none are asked for
     */
    private record Reading(
            Step<BillingAccount> accounts, @Nullable Step<MirroredSubscription> subscriptions) {
        List<Step<?>> steps() {
            return subscriptions == null ? List.of(accounts) : List.of(accounts, subscriptions);
        }

        Rows rows() {
            return new Rows(
                    AccountTable.byCustomer(accounts.rows()),
                    subscriptions == null ? Map.of() : SubscriptionTable.byId(subscriptions.rows()));
        }
    }

    private Reading reading(Collection<String> customerIds, Collection<String> subscriptionIds) {
        return new Reading(
                accounts.lockingByCustomers(customerIds),
                subscriptionIds.isEmpty() ? null : subscriptions.readingWithRunning(subscriptionIds, customerIds));
    }

    @Override
    public void write(
            List<BillingAccount> changedAccounts,
            List<SubscriptionWrite> changedSubscriptions,
            List<OutboxEntry> entries,
            List<Mark> marks) {
        accounts.write(changedAccounts);
        if (!sql.takesScripts()) {
            subscriptions.write(changedSubscriptions, List.of());
            outbox.append(entries);
            notices.mark(marks);
            return;
        }
        List<Step<?>> together = new ArrayList<>();
        if (!entries.isEmpty()) {
            together.add(outbox.appending(entries));
        }
        together.addAll(notices.marking(marks));
        subscriptions.write(changedSubscriptions, together);
    }

    @Override
    public Set<String> remember(Collection<String> keys, Instant now) {
        return rows.insertNew(
                FACTS,
                keys.stream()
                        .sorted()
                        .map(key -> Params.of("fact", key).with("told_at", now))
                        .toList());
    }

    @Override
    public Set<String> remembered(Collection<String> keys) {
        return keys.isEmpty()
                ? Set.of()
                : Set.copyOf(sql.list(REMEMBERED, new Params().withList("facts", keys), row -> row.text("fact")));
    }

    @Override
    public int forget(Instant before) {
        return sql.update(FORGET, Params.of("told_before", before));
    }
}
