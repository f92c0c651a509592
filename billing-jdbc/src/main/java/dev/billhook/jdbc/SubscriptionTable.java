package dev.billhook.jdbc;

import dev.billhook.AsOf;
import dev.billhook.StoreException;
import dev.billhook.account.AccountRef;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.Step;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.MirrorStore.SubscriptionWrite;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static final Sql FIND_WITH_RUNNING = FIND_ALL.and(Sql.of("""

            union all
            select s.account_type, s.account_id, s.customer_id, s.state, s.as_of, s.as_of_latest, s.synced_at, s.version
            from billing_account a
            join billing_subscription s
              on s.provider_account = a.provider_account and s.livemode = a.livemode
              and s.account_type = a.account_type and s.account_id = a.account_id
            where a.provider_account = :provider_account and a.livemode = :livemode and a.customer_id in (:customer_ids)
              and s.status in (:running) and s.subscription_id not in (:ids)"""));

    private static final List<SubscriptionStatus> RUNNING = Arrays.stream(SubscriptionStatus.values())
            .filter(SubscriptionStatus::running)
            .toList();

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

    private static final TableRows ROWS = new TableRows("billing_subscription", "subscription_id")
            .with(ColumnType.TEXT, "account_type", "account_id", "customer_id", "status", "state")
            .with(ColumnType.TIME, "created_at", "trial_end", "period_start", "period_end")
            .with(ColumnType.TIME, "cancel_at", "canceled_at", "ended_at", "as_of", "as_of_latest", "synced_at")
            .with(ColumnType.FLAG, "cancel_at_period_end", "collection_paused")
            .with(ColumnType.NUMBER, "version");

    private static final TableRows ITEMS = new TableRows("billing_subscription_item", "subscription_id", "item_id")
            .with(ColumnType.TEXT, "account_type", "account_id", "price_id", "plan_key")
            .with(ColumnType.NUMBER, "quantity")
            .with(ColumnType.TIME, "period_start", "period_end");

    private static final Sql DELETE_ITEM = Sql.of("""
            delete from billing_subscription_item
            where provider_account = :provider_account and livemode = :livemode and subscription_id = :subscription_id
              and item_id = :item_id""");

    private final SqlRunner sql;
    private final RowWriter rows;
    private final ClaimTable claims;

    SubscriptionTable(SqlRunner sql, ClaimTable claims) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
        this.claims = claims;
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
        return byId(sql.list(FIND_ALL, new Params().withList("ids", subscriptionIds), SubscriptionTable::read));
    }

    /** The rows of these ids, and what else runs of the customers' accounts. */
    Step<MirroredSubscription> readingWithRunning(Collection<String> ids, Collection<String> customerIds) {
        return Step.query(
                FIND_WITH_RUNNING,
                new Params()
                        .withList("ids", ids)
                        .withList("customer_ids", customerIds)
                        .withList("running", RUNNING),
                SubscriptionTable::read);
    }

    /** The rows by their ids. */
    static Map<String, MirroredSubscription> byId(List<MirroredSubscription> rows) {
        Map<String, MirroredSubscription> found = new HashMap<>();
        rows.forEach(row -> found.put(row.subscription().id(), row));
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

    /**
     * Writes rows of locked accounts; lines and claims that stayed as they were are not touched.
     *
     * @param more what is to be run in the same message
     */
    void write(List<SubscriptionWrite> writes, List<? extends Step<?>> more) {
        List<Params> made = new ArrayList<>();
        List<Params> changed = new ArrayList<>();
        List<Params> gone = new ArrayList<>();
        List<Params> lines = new ArrayList<>();
        for (SubscriptionWrite write : writes) {
            MirroredSubscription before = write.before();
            if (before == null) {
                made.add(params(write.after()));
            } else {
                changed.add(params(write.after()).with("read_version", before.version()));
            }
            compareItems(write, gone, lines);
        }
        List<Step<?>> together = claims.writing(writes);
        together.addAll(more);
        if (!rows.write(ROWS, made, changed, ITEMS, lines, together)) {
            throw new StoreException(
                    "A subscription is not the one that was read; the change is tried again. Written together: "
                            + writes.stream()
                                    .map(write -> write.after().subscription().id())
                                    .toList(),
                    true,
                    null);
        }
        sql.batch(DELETE_ITEM, gone);
    }

    private static void compareItems(SubscriptionWrite write, List<Params> gone, List<Params> lines) {
        List<SubscriptionItem> before = write.before() == null
                ? List.of()
                : write.before().subscription().items();
        List<SubscriptionItem> after = write.after().subscription().items();
        Set<String> kept = after.stream().map(SubscriptionItem::id).collect(Collectors.toSet());
        before.stream()
                .filter(item -> !kept.contains(item.id()))
                .forEach(item -> gone.add(itemParams(write.after(), item)));
        after.stream()
                .filter(item -> !before.contains(item))
                .forEach(item -> lines.add(itemParams(write.after(), item)));
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
