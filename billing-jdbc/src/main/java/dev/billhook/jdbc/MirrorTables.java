package dev.billhook.jdbc;

import dev.billhook.account.BillingAccount;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.spi.store.MirrorStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The door's view of accounts and subscriptions, and {@code billing_fact}. */
final class MirrorTables implements MirrorStore {
    private static final Sql REMEMBER = Sql.of("""
            insert into billing_fact (provider_account, livemode, fact, told_at)
            values (:provider_account, :livemode, :fact, :told_at)""");

    private static final Sql FORGET = Sql.of("""
            delete from billing_fact
            where provider_account = :provider_account and livemode = :livemode and told_at < :told_before""");

    private final SqlRunner sql;
    private final Dialect dialect;
    private final AccountTable accounts;
    private final SubscriptionTable subscriptions;
    private final Sql remember;

    MirrorTables(SqlRunner sql, Dialect dialect, AccountTable accounts, SubscriptionTable subscriptions) {
        this.sql = sql;
        this.dialect = dialect;
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.remember = dialect.passOver(REMEMBER, "provider_account, livemode, fact");
    }

    @Override
    public Rows lock(Collection<String> customerIds, Collection<String> subscriptionIds) {
        return new Rows(accounts.lockByCustomers(customerIds), subscriptions.findAll(subscriptionIds));
    }

    @Override
    public void write(List<BillingAccount> changedAccounts, List<SubscriptionWrite> changedSubscriptions) {
        accounts.write(changedAccounts);
        subscriptions.write(changedSubscriptions);
    }

    @Override
    public Set<String> remember(Collection<String> keys, Instant now) {
        Set<String> fresh = new HashSet<>();
        for (String key : keys) {
            if (dialect.insert(sql, remember, Params.of("fact", key).with("told_at", now))) {
                fresh.add(key);
            }
        }
        return fresh;
    }

    @Override
    public int forget(Instant before) {
        return sql.update(FORGET, Params.of("told_before", before));
    }
}
