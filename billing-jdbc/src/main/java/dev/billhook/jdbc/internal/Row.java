package dev.billhook.jdbc.internal;

import dev.billhook.StoreException;
import dev.billhook.account.AccountRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The current row of a result. */
public final class Row {
    private final ResultSet rows;
    private final TimestampForm timestamps;

    Row(ResultSet rows, TimestampForm timestamps) {
        this.rows = rows;
        this.timestamps = timestamps;
    }

    /** A text that is never null. */
    public String text(String column) throws SQLException {
        return require(column, rows.getString(column));
    }

    /** A text that is never null, by its place, which begins at 1: what is asked for most often has no column to look for. */
    public String text(int place) throws SQLException {
        return require(Integer.toString(place), rows.getString(place));
    }

    /** A text or null. */
    public @Nullable String textOrNull(String column) throws SQLException {
        return rows.getString(column);
    }

    /** True or false. */
    public boolean flag(String column) throws SQLException {
        return rows.getBoolean(column);
    }

    /** A number. */
    public long number(String column) throws SQLException {
        return rows.getLong(column);
    }

    /** A small number. */
    public int smallNumber(String column) throws SQLException {
        return rows.getInt(column);
    }

    /** An instant that is never null. */
    public Instant instant(String column) throws SQLException {
        return require(column, timestamps.read(rows, column));
    }

    /** An instant or null. */
    public @Nullable Instant instantOrNull(String column) throws SQLException {
        return timestamps.read(rows, column);
    }

    /** The account whose row it is. */
    public AccountRef account() throws SQLException {
        return new AccountRef(text("account_type"), text("account_id"));
    }

    private static <T> T require(String column, @Nullable T value) {
        if (value == null) {
            throw new StoreException("Column " + column + " is null; was the row written by hand?", false, null);
        }
        return value;
    }
}
