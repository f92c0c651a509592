package dev.billhook.jdbc;

import dev.billhook.AsOf;
import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.Purchase.Revocation;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.spi.store.purchase.PurchaseStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** {@code billing_purchase}. The store reads the JSON; the typed columns are there to find rows, and for the host's queries. */
final class PurchaseTable implements PurchaseStore {
    private static final String SELECT = """
            select customer_id, state, as_of, as_of_latest, synced_at, version
            from billing_purchase
            where provider_account = :provider_account and livemode = :livemode
            """;

    private static final Sql FIND = Sql.of(SELECT + """
              and purchase_id = :purchase_id""");

    private static final Sql FIND_BY_PAYMENT = Sql.of(SELECT + """
              and payment_id = :payment_id""");

    private static final Sql LIST = Sql.of(SELECT + """
              and account_type = :account_type and account_id = :account_id
            order by bought_at desc, purchase_id""");

    private static final TableRows ROWS = new TableRows("billing_purchase", "purchase_id")
            .with(ColumnType.TEXT, "account_type", "account_id", "customer_id", "plan_key", "payment_id")
            .with(ColumnType.TEXT, "revoked_for", "state")
            .with(ColumnType.NUMBER, "units", "version")
            .with(ColumnType.TIME, "bought_at", "revoked_at", "as_of", "as_of_latest", "synced_at");

    private final SqlRunner sql;
    private final RowWriter rows;
    private final ClaimTable claims;

    PurchaseTable(SqlRunner sql, ClaimTable claims) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
        this.claims = claims;
    }

    @Override
    public Optional<Row> find(String purchaseId) {
        return sql.first(FIND, Params.of("purchase_id", purchaseId), PurchaseTable::read);
    }

    @Override
    public Optional<Row> findByPayment(String paymentId) {
        return sql.first(FIND_BY_PAYMENT, Params.of("payment_id", paymentId), PurchaseTable::read);
    }

    @Override
    public List<Purchase> list(AccountRef account) {
        return sql.list(LIST, Params.of(account), row -> StoreJson.readPurchase(row.text("state")));
    }

    @Override
    public void write(List<Row> changed) {
        changed.forEach(row -> {
            rows.put(ROWS, params(row));
            claims.put(row.purchase().account(), Claim.of(row.purchase()));
        });
    }

    private static Params params(Row row) {
        Purchase purchase = row.purchase();
        Revocation revocation = purchase.revocation();
        return Params.of(purchase.account())
                .with("purchase_id", purchase.id())
                .with("customer_id", row.customerId())
                .with("plan_key", purchase.plan().value())
                .with("units", purchase.units())
                .with("payment_id", purchase.payment())
                .with("bought_at", purchase.boughtAt())
                .with("revoked_at", revocation == null ? null : revocation.at())
                .with("revoked_for", revocation == null ? null : revocation.reason())
                .with("state", StoreJson.write(purchase))
                .with("as_of", row.asOf().earliest())
                .with("as_of_latest", row.asOf().latest())
                .with("synced_at", row.syncedAt())
                .with("version", row.version());
    }

    private static Row read(dev.billhook.jdbc.internal.Row row) throws SQLException {
        return new Row(
                StoreJson.readPurchase(row.text("state")),
                row.text("customer_id"),
                new AsOf(row.instant("as_of"), row.instant("as_of_latest")),
                row.instant("synced_at"),
                row.number("version"));
    }
}
