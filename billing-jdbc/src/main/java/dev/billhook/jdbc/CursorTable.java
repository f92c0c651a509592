package dev.billhook.jdbc;

import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.CursorStore;
import java.util.Optional;

/** {@code billing_cursor}. */
final class CursorTable implements CursorStore {
    private static final Sql FIND = Sql.of("""
            select reached
            from billing_cursor
            where provider_account = :provider_account and livemode = :livemode and name = :name""");

    private static final Sql DELETE = Sql.of("""
            delete from billing_cursor
            where provider_account = :provider_account and livemode = :livemode and name = :name""");

    private static final TableRows ROWS = new TableRows("billing_cursor", "name").with(ColumnType.TEXT, "reached");

    private final SqlRunner sql;
    private final RowWriter rows;

    CursorTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public Optional<String> find(String name) {
        return sql.first(FIND, Params.of("name", name), row -> row.text("reached"));
    }

    @Override
    public void save(String name, String value) {
        rows.put(ROWS, Params.of("name", name).with("reached", value));
    }

    @Override
    public void remove(String name) {
        sql.update(DELETE, Params.of("name", name));
    }
}
