package dev.billhook.jdbc;

import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.spi.store.CursorStore;
import java.util.Optional;

/** {@code billing_cursor}. */
final class CursorTable implements CursorStore {
    private static final Sql FIND = Sql.of("""
            select reached
            from billing_cursor
            where provider_account = :provider_account and livemode = :livemode and name = :name""");

    private static final Sql INSERT = Sql.of("""
            insert into billing_cursor (provider_account, livemode, name, reached)
            values (:provider_account, :livemode, :name, :reached)""");

    private static final Sql UPDATE = Sql.of("""
            update billing_cursor
            set reached = :reached
            where provider_account = :provider_account and livemode = :livemode and name = :name""");

    private static final Sql DELETE = Sql.of("""
            delete from billing_cursor
            where provider_account = :provider_account and livemode = :livemode and name = :name""");

    private final SqlRunner sql;
    private final Dialect dialect;
    private final Sql insert;

    CursorTable(SqlRunner sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
        this.insert = dialect.passOver(INSERT, "provider_account, livemode, name");
    }

    @Override
    public Optional<String> find(String name) {
        return sql.first(FIND, Params.of("name", name), row -> row.text("reached"));
    }

    @Override
    public void save(String name, String value) {
        Params params = Params.of("name", name).with("reached", value);
        sql.inTransaction(() -> sql.update(UPDATE, params) > 0 || dialect.insert(sql, insert, params));
    }

    @Override
    public void remove(String name) {
        sql.update(DELETE, Params.of("name", name));
    }
}
