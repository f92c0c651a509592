package dev.billhook.jdbc;

import dev.billhook.account.BillingAccount;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.Step;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.spi.store.MirroredSubscription;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    MirrorTables(SqlRunner sql, AccountTable accounts, SubscriptionTable subscriptions) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
        this.accounts = accounts;
        this.subscriptions = subscriptions;
    }

    @Override
    public Rows lock(Collection<String> customerIds, Collection<String> subscriptionIds) {
        Step<BillingAccount> locked = accounts.lockingByCustomers(customerIds);
        if (subscriptionIds.isEmpty()) {
            sql.run(List.of(locked));
            return new Rows(AccountTable.byCustomer(locked.rows()), Map.of());
        }
        Step<MirroredSubscription> read = subscriptions.readingWithRunning(subscriptionIds, customerIds);
        sql.run(List.of(locked, read));
        return new Rows(AccountTable.byCustomer(locked.rows()), SubscriptionTable.byId(read.rows()));
    }

    @Override
    public void write(List<BillingAccount> changedAccounts, List<SubscriptionWrite> changedSubscriptions) {
        accounts.write(changedAccounts);
        subscriptions.write(changedSubscriptions);
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
