package dev.billhook.benchmarks.snapshot;

import dev.billhook.AsOf;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Takes in a snapshot with Jdbi's core: the same statements, values by name. */
final class SnapshotByJdbi {
    private final Jdbi jdbi;

    SnapshotByJdbi(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    boolean takeIn(String customerId, String subscriptionId) {
        return jdbi.inTransaction(handle -> {
            scoped(handle.createQuery(HotPath.LOCK))
                    .bind("customer_id", customerId)
                    .map((rows, context) -> account(rows))
                    .one();
            MirroredSubscription row = scoped(handle.createQuery(HotPath.FIND))
                    .bind("subscription_id", subscriptionId)
                    .map((rows, context) -> subscription(rows))
                    .one();
            return update(handle, SubscriptionChange.of(row));
        });
    }

    private static boolean update(Handle handle, MirroredSubscription row) {
        Subscription subscription = row.subscription();
        int updated = scoped(handle.createUpdate(HotPath.UPDATE))
                .bind("account_type", row.account().type())
                .bind("account_id", row.account().id())
                .bind("customer_id", row.customerId())
                .bind("status", subscription.status().name())
                .bind("created_at", time(subscription.createdAt()))
                .bind("trial_end", time(subscription.trialEnd()))
                .bind("period_start", time(subscription.periodStart().orElse(null)))
                .bind("period_end", time(subscription.periodEnd().orElse(null)))
                .bind("cancel_at_period_end", subscription.cancelAtPeriodEnd())
                .bind("cancel_at", time(subscription.cancelAt()))
                .bind("canceled_at", time(subscription.canceledAt()))
                .bind("ended_at", time(subscription.endedAt()))
                .bind("collection_paused", subscription.collectionPaused())
                .bind("state", StoreJson.write(subscription))
                .bind("as_of", time(row.asOf().earliest()))
                .bind("as_of_latest", time(row.asOf().latest()))
                .bind("synced_at", time(row.syncedAt()))
                .bind("version", row.version())
                .bind("subscription_id", subscription.id())
                .execute();
        if (updated == 0) {
            return false;
        }
        replaceItems(handle, row);
        return true;
    }

    private static void replaceItems(Handle handle, MirroredSubscription row) {
        String subscriptionId = row.subscription().id();
        scoped(handle.createUpdate(HotPath.DELETE_ITEMS))
                .bind("subscription_id", subscriptionId)
                .execute();
        PreparedBatch batch = handle.prepareBatch(HotPath.INSERT_ITEM);
        for (SubscriptionItem item : row.subscription().items()) {
            scoped(batch)
                    .bind("subscription_id", subscriptionId)
                    .bind("item_id", item.id())
                    .bind("account_type", row.account().type())
                    .bind("account_id", row.account().id())
                    .bind("price_id", item.priceId())
                    .bind("plan_key", item.plan() == null ? null : item.plan().value())
                    .bind("quantity", item.quantity())
                    .bind("period_start", time(item.periodStart()))
                    .bind("period_end", time(item.periodEnd()))
                    .add();
        }
        batch.execute();
    }

    private static <T extends SqlStatement<T>> T scoped(T statement) {
        return statement.bind("provider_account", "default").bind("livemode", false);
    }

    private static BillingAccount account(ResultSet rows) throws SQLException {
        return new BillingAccount(
                new AccountRef(rows.getString("account_type"), rows.getString("account_id")),
                new AccountProfile(rows.getString("email"), rows.getString("name")),
                StoreJson.readCustomer(rows.getString("customer_state")),
                new AsOf(instant(rows, "customer_as_of"), instant(rows, "customer_as_of_latest")),
                instant(rows, "created_at"),
                rows.getLong("version"));
    }

    private static MirroredSubscription subscription(ResultSet rows) throws SQLException {
        return new MirroredSubscription(
                new AccountRef(rows.getString("account_type"), rows.getString("account_id")),
                rows.getString("customer_id"),
                StoreJson.readSubscription(rows.getString("state")),
                new AsOf(instant(rows, "as_of"), instant(rows, "as_of_latest")),
                instant(rows, "synced_at"),
                rows.getLong("version"));
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
