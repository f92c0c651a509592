package dev.billhook.jdbc;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.CheckoutStore;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;

/** {@code billing_checkout}. */
final class CheckoutTable implements CheckoutStore {
    private static final TableRows ROWS = new TableRows("billing_checkout", "checkout_id")
            .with(ColumnType.TEXT, "account_type", "account_id", "plan_key", "status", "url")
            .with(ColumnType.NUMBER, "units")
            .with(ColumnType.TIME, "created_at", "expires_at");

    private static final Sql FIND = Sql.of("""
            select checkout_id, account_type, account_id, plan_key, units, status, url, created_at, expires_at
            from billing_checkout
            where provider_account = :provider_account and livemode = :livemode and checkout_id = :checkout_id""");

    private static final Sql FIND_LATEST = Sql.of("""
            select checkout_id, account_type, account_id, plan_key, units, status, url, created_at, expires_at
            from billing_checkout
            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id
            order by created_at desc, checkout_id desc
            limit 1""");

    private final SqlRunner sql;
    private final RowWriter rows;

    CheckoutTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public void save(Checkout checkout) {
        rows.put(ROWS, params(checkout));
    }

    @Override
    public Optional<Checkout> findLatest(AccountRef account) {
        return sql.first(FIND_LATEST, Params.of(account), CheckoutTable::read);
    }

    @Override
    public Optional<Checkout> find(String checkoutId) {
        return sql.first(FIND, Params.of("checkout_id", checkoutId), CheckoutTable::read);
    }

    private static Params params(Checkout checkout) {
        return Params.of(checkout.account())
                .with("checkout_id", checkout.id())
                .with("plan_key", checkout.plan().value())
                .with("units", checkout.units())
                .with("status", checkout.status())
                .with("url", checkout.url().toString())
                .with("created_at", checkout.createdAt())
                .with("expires_at", checkout.expiresAt());
    }

    private static Checkout read(Row row) throws SQLException {
        return new Checkout(
                row.text("checkout_id"),
                row.account(),
                PlanKey.of(row.text("plan_key")),
                row.number("units"),
                CheckoutStatus.valueOf(row.text("status")),
                URI.create(row.text("url")),
                row.instant("created_at"),
                row.instant("expires_at"));
    }
}
