package dev.billhook.torture.host;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.jdbc.spi.JdbcTransactions;
import dev.billhook.spi.store.StoreJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the host itself writes: one table in the transactions of the mirror, one after them. */
public final class HostRows {
    private static final String[] TABLES = {
        "create table host_booking (seq bigserial, event_id varchar(64) primary key, event text not null)",
        "create table host_booked_twice (event_id varchar(64) not null, event text not null)",
        "create table host_mail (seq bigserial primary key, event_id varchar(64) not null, event text not null)"
    };

    private HostRows() {}

    /** Makes the host's tables. */
    public static void install(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
    }

    /** Writes a row for each event in the transaction that changes the mirror. An event that comes twice is kept as evidence. */
    static BillingListener booking(JdbcTransactions transactions) {
        return BillingListener.named("bookings", ListenerPhase.IN_TRANSACTION, event -> {
            try {
                boolean first = transactions.withConnection(connection -> insert(
                        connection,
                        "insert into host_booking (event_id, event) values (?, ?) on conflict (event_id) do nothing",
                        event));
                if (!first) {
                    transactions.withConnection(connection ->
                            insert(connection, "insert into host_booked_twice (event_id, event) values (?, ?)", event));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Writes a row for each event by itself, as one would send a mail. */
    static BillingListener mailing(DataSource database) {
        return BillingListener.named("mails", ListenerPhase.AFTER_COMMIT, event -> {
            try (Connection connection = database.getConnection()) {
                insert(connection, "insert into host_mail (event_id, event) values (?, ?)", event);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The events that were written in transactions, in the order they were. */
    public static List<BillingEvent> bookings(DataSource database) throws SQLException {
        return read(database, "select event from host_booking order by seq").stream()
                .map(StoreJson::readEvent)
                .toList();
    }

    /** Events that were told again: as they were written, and as they came the second time. */
    public static List<String> bookedTwice(DataSource database) throws SQLException {
        return read(
                database,
                "select 'seq ' || b.seq || ' of ' || (select max(seq) from host_booking) || ': ' || b.event || ' and again '"
                        + " || t.event from host_booked_twice t join host_booking b on b.event_id = t.event_id");
    }

    /** The events that were sent after commits, in the order they were, some perhaps more than once. */
    public static List<BillingEvent> mails(DataSource database) throws SQLException {
        return read(database, "select event from host_mail order by seq").stream()
                .map(StoreJson::readEvent)
                .toList();
    }

    private static boolean insert(Connection connection, String sql, BillingEvent event) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, event.id());
            insert.setString(2, StoreJson.write(event));
            return insert.executeUpdate() == 1;
        }
    }

    private static List<String> read(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> read = new ArrayList<>();
            while (rows.next()) {
                read.add(rows.getString(1));
            }
            return read;
        }
    }
}
