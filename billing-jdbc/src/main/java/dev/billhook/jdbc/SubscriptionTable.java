package dev.billhook.jdbc;

import dev.billhook.AsOf;
import dev.billhook.StoreException;
import dev.billhook.account.AccountRef;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.spi.store.MirrorStore.SubscriptionWrite;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code billing_subscription} and {@code billing_subscription_item}. The store reads the JSON only; the typed columns and the
 * items are there for the host's queries.
 */
final class SubscriptionTable implements SubscriptionStore {
    private static final String SELECT = """
            select account_type, account_id, customer_id, state, as_of, as_of_latest, synced_at, version
            from billing_subscription
            where provider_account = :provider_account and livemode = :livemode
            """;

    private static final Sql FIND = Sql.of(SELECT + """
              and subscription_id = :subscription_id""");

    private static final Sql FIND_ALL = Sql.of(SELECT + """
              and subscription_id in (:ids)""");

    private static final Sql SCAN = Sql.of(SELECT + """
            order by created_at desc, subscription_id
            limit :max""");

    private static final Sql SCAN_ON = Sql.of(SELECT + """
              and created_at <= :not_after
              and (created_at < :not_after or subscription_id > :after_id)
            order by created_at desc, subscription_id
            limit :max""");

    private static final Sql LIST = Sql.of(SELECT + """
              and account_type = :account_type and account_id = :account_id
            order by created_at desc, subscription_id""");

    private static final Sql INSERT = Sql.of("""
            insert into billing_subscription (
              provider_account, livemode, subscription_id, account_type, account_id, customer_id, status, created_at,
              trial_end, period_start, period_end, cancel_at_period_end, cancel_at, canceled_at, ended_at,
              collection_paused, state, as_of, as_of_latest, synced_at, version)
            values (
              :provider_account, :livemode, :subscription_id, :account_type, :account_id, :customer_id, :status, :created_at,
              :trial_end, :period_start, :period_end, :cancel_at_period_end, :cancel_at, :canceled_at, :ended_at,
              :collection_paused, :state, :as_of, :as_of_latest, :synced_at, :version)""");

    private static final Sql UPDATE = Sql.of("""
            update billing_subscription
            set account_type = :account_type, account_id = :account_id, customer_id = :customer_id, status = :status,
              created_at = :created_at, trial_end = :trial_end, period_start = :period_start, period_end = :period_end,
              cancel_at_period_end = :cancel_at_period_end, cancel_at = :cancel_at, canceled_at = :canceled_at,
              ended_at = :ended_at, collection_paused = :collection_paused, state = :state, as_of = :as_of, as_of_latest = :as_of_latest,
              synced_at = :synced_at, version = :version
            where provider_account = :provider_account and livemode = :livemode and subscription_id = :subscription_id
              and version = :read_version""");

    private static final Sql DELETE_ITEM = Sql.of("""
            delete from billing_subscription_item
            where provider_account = :provider_account and livemode = :livemode and subscription_id = :subscription_id
              and item_id = :item_id""");

    private static final Sql INSERT_ITEM = Sql.of("""
            insert into billing_subscription_item (
              provider_account, livemode, subscription_id, item_id, account_type, account_id, price_id, plan_key, quantity,
              period_start, period_end)
            values (
              :provider_account, :livemode, :subscription_id, :item_id, :account_type, :account_id, :price_id, :plan_key,
              :quantity, :period_start, :period_end)""");

    private final SqlRunner sql;
    private final Dialect dialect;
    private final Sql insert;

    SubscriptionTable(SqlRunner sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
        this.insert = dialect.passOver(INSERT, "provider_account, livemode, subscription_id");
    }

    @Override
    public Optional<MirroredSubscription> find(String subscriptionId) {
        return sql.first(FIND, Params.of("subscription_id", subscriptionId), SubscriptionTable::read);
    }

    @Override
    public List<MirroredSubscription> list(AccountRef account) {
        return sql.list(LIST, Params.of(account), SubscriptionTable::read);
    }

    @Override
    public Map<String, MirroredSubscription> findAll(Collection<String> subscriptionIds) {
        if (subscriptionIds.isEmpty()) {
            return Map.of();
        }
        Map<String, MirroredSubscription> found = new HashMap<>();
        sql.list(FIND_ALL, new Params().withList("ids", subscriptionIds), SubscriptionTable::read)
                .forEach(row -> found.put(row.subscription().id(), row));
        return found;
    }

    @Override
    public List<MirroredSubscription> scan(@Nullable Instant notAfter, @Nullable String afterId, int max) {
        Params params = Params.of("max", max);
        return notAfter == null
                ? sql.list(SCAN, params, SubscriptionTable::read)
                : sql.list(
                        SCAN_ON,
                        params.with("not_after", notAfter).with("after_id", afterId == null ? "" : afterId),
                        SubscriptionTable::read);
    }

    /** Writes rows of locked accounts; lines that stayed as they were are not touched. */
    void write(List<SubscriptionWrite> writes) {
        for (SubscriptionWrite write : writes) {
            MirroredSubscription before = write.before();
            boolean written = before == null
                    ? dialect.insert(sql, insert, params(write.after()))
                    : sql.update(UPDATE, params(write.after()).with("read_version", before.version())) > 0;
            if (!written) {
                throw new StoreException(
                        "Subscription " + write.after().subscription().id()
                                + " is not the one that was read; the change is tried again",
                        true,
                        null);
            }
        }
        writeItems(writes);
    }

    private void writeItems(List<SubscriptionWrite> writes) {
        List<Params> gone = new ArrayList<>();
        List<Params> made = new ArrayList<>();
        for (SubscriptionWrite write : writes) {
            List<SubscriptionItem> before = write.before() == null
                    ? List.of()
                    : write.before().subscription().items();
            List<SubscriptionItem> after = write.after().subscription().items();
            before.stream()
                    .filter(item -> !after.contains(item))
                    .forEach(item -> gone.add(itemParams(write.after(), item)));
            after.stream()
                    .filter(item -> !before.contains(item))
                    .forEach(item -> made.add(itemParams(write.after(), item)));
        }
        sql.batch(DELETE_ITEM, gone);
        sql.batch(INSERT_ITEM, made);
    }

    private static Params params(MirroredSubscription row) {
        Subscription subscription = row.subscription();
        return Params.of(row.account())
                .with("subscription_id", subscription.id())
                .with("customer_id", row.customerId())
                .with("status", subscription.status())
                .with("created_at", subscription.createdAt())
                .with("trial_end", subscription.trialEnd())
                .with("period_start", subscription.periodStart().orElse(null))
                .with("period_end", subscription.periodEnd().orElse(null))
                .with("cancel_at_period_end", subscription.cancelAtPeriodEnd())
                .with("cancel_at", subscription.cancelAt())
                .with("canceled_at", subscription.canceledAt())
                .with("ended_at", subscription.endedAt())
                .with("collection_paused", subscription.collectionPaused())
                .with("state", StoreJson.write(subscription))
                .with("as_of", row.asOf().earliest())
                .with("as_of_latest", row.asOf().latest())
                .with("synced_at", row.syncedAt())
                .with("version", row.version());
    }

    private static Params itemParams(MirroredSubscription row, SubscriptionItem item) {
        return Params.of(row.account())
                .with("subscription_id", row.subscription().id())
                .with("item_id", item.id())
                .with("price_id", item.priceId())
                .with("plan_key", item.plan() == null ? null : item.plan().value())
                .with("quantity", item.quantity())
                .with("period_start", item.periodStart())
                .with("period_end", item.periodEnd());
    }

    private static MirroredSubscription read(Row row) throws SQLException {
        return new MirroredSubscription(
                row.account(),
                row.text("customer_id"),
                StoreJson.readSubscription(row.text("state")),
                new AsOf(row.instant("as_of"), row.instant("as_of_latest")),
                row.instant("synced_at"),
                row.number("version"));
    }
}
