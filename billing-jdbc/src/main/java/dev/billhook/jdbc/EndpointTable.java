package dev.billhook.jdbc;

import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.endpoint.EndpointStore;
import java.util.List;

/** {@code billing_webhook_endpoint}. */
final class EndpointTable implements EndpointStore {
    private static final TableRows ROWS = new TableRows("billing_webhook_endpoint", "endpoint_id")
            .with(ColumnType.TEXT, "environment", "sealed_secret");

    private static final Sql SELECT = Sql.of("""
            select endpoint_id, environment, sealed_secret
            from billing_webhook_endpoint
            where provider_account = :provider_account and livemode = :livemode
            order by endpoint_id""");

    private static final Sql DELETE = Sql.of("""
            delete from billing_webhook_endpoint
            where provider_account = :provider_account and livemode = :livemode and endpoint_id = :endpoint_id""");

    private final SqlRunner sql;
    private final RowWriter rows;

    EndpointTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public void save(Kept kept) {
        rows.put(
                ROWS,
                Params.of("endpoint_id", kept.endpointId())
                        .with("environment", kept.environment())
                        .with("sealed_secret", kept.sealedSecret()));
    }

    @Override
    public List<Kept> list() {
        return sql.list(
                SELECT,
                new Params(),
                row -> new Kept(row.text("endpoint_id"), row.text("environment"), row.text("sealed_secret")));
    }

    @Override
    public void remove(String endpointId) {
        sql.update(DELETE, Params.of("endpoint_id", endpointId));
    }
}
