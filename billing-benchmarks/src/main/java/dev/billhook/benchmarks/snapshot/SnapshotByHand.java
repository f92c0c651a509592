package dev.billhook.benchmarks.snapshot;

import dev.billhook.AsOf;
import dev.billhook.account.AccountRef;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Takes in a snapshot with JDBC alone, values by position: the limit of every layer above JDBC. */
final class SnapshotByHand {
    private static final String LOCK = HotPath.positional(HotPath.LOCK);
    private static final String FIND = HotPath.positional(HotPath.FIND);
    private static final String UPDATE = HotPath.positional(HotPath.UPDATE);
    private static final String DELETE_ITEMS = HotPath.positional(HotPath.DELETE_ITEMS);
    private static final String INSERT_ITEM = HotPath.positional(HotPath.INSERT_ITEM);

    private final DataSource dataSource;

    SnapshotByHand(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    boolean takeIn(String customerId, String subscriptionId) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            lock(connection, customerId);
            MirroredSubscription row = find(connection, subscriptionId);
            boolean updated = update(connection, SubscriptionChange.of(row));
            connection.commit();
            connection.setAutoCommit(true);
            return updated;
        }
    }

    private static void lock(Connection connection, String customerId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            bind(statement, "default", false, customerId);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                new AccountRef(rows.getString(1), rows.getString(2));
                rows.getString(3);
                rows.getString(4);
                StoreJson.readCustomer(rows.getString(5));
                instant(rows, 6);
                instant(rows, 7);
                instant(rows, 8);
                rows.getLong(9);
            }
        }
    }

    private static MirroredSubscription find(Connection connection, String subscriptionId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            bind(statement, "default", false, subscriptionId);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new MirroredSubscription(
                        new AccountRef(rows.getString(1), rows.getString(2)),
                        rows.getString(3),
                        StoreJson.readSubscription(rows.getString(4)),
                        new AsOf(instant(rows, 5), instant(rows, 6)),
                        instant(rows, 7),
                        rows.getLong(8));
            }
        }
    }

    private static boolean update(Connection connection, MirroredSubscription row) throws SQLException {
        Subscription subscription = row.subscription();
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            bind(
                    statement,
                    row.account().type(),
                    row.account().id(),
                    row.customerId(),
                    subscription.status().name(),
                    time(subscription.createdAt()),
                    time(subscription.trialEnd()),
                    time(subscription.periodStart().orElse(null)),
                    time(subscription.periodEnd().orElse(null)),
                    subscription.cancelAtPeriodEnd(),
                    time(subscription.cancelAt()),
                    time(subscription.canceledAt()),
                    time(subscription.endedAt()),
                    subscription.collectionPaused(),
                    StoreJson.write(subscription),
                    time(row.asOf().earliest()),
                    time(row.asOf().latest()),
                    time(row.syncedAt()),
                    row.version(),
                    "default",
                    false,
                    subscription.id(),
                    row.version());
            if (statement.executeUpdate() == 0) {
                return false;
            }
        }
        replaceItems(connection, row);
        return true;
    }

    private static void replaceItems(Connection connection, MirroredSubscription row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_ITEMS)) {
            bind(statement, "default", false, row.subscription().id());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ITEM)) {
            for (SubscriptionItem item : row.subscription().items()) {
                bind(
                        statement,
                        "default",
                        false,
                        row.subscription().id(),
                        item.id(),
                        row.account().type(),
                        row.account().id(),
                        item.priceId(),
                        item.plan() == null ? null : item.plan().value(),
                        item.quantity(),
                        time(item.periodStart()),
                        time(item.periodEnd()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
