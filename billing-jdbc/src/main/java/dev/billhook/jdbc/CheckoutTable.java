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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code billing_checkout}. */
final class CheckoutTable implements CheckoutStore {
    private static final TableRows ROWS = new TableRows("billing_checkout", "visit_id")
            .with(ColumnType.TEXT, "kind", "account_type", "account_id", "plan_key", "offer", "status")
            .with(ColumnType.TEXT, "session_id", "url")
            .with(ColumnType.NUMBER, "units")
            .with(ColumnType.TIME, "created_at", "expires_at");

    private static final String SELECT = """
            select visit_id, kind, account_type, account_id, plan_key, units, offer, status, session_id, url,
              created_at, expires_at
            from billing_checkout
            where provider_account = :provider_account and livemode = :livemode""";

    private static final Sql FIND = Sql.of(SELECT + " and visit_id = :visit_id");

    private static final Sql FIND_BY_SESSION = Sql.of(SELECT + " and session_id = :session_id");

    private static final Sql NEWEST = Sql.of(SELECT + """
             and account_type = :account_type and account_id = :account_id and kind = :kind
            order by created_at desc, visit_id desc
            limit :max""");

    private final SqlRunner sql;
    private final RowWriter rows;

    CheckoutTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public void save(Visit visit) {
        rows.put(ROWS, params(visit));
    }

    @Override
    public List<Visit> newest(AccountRef account, Checkout.Kind kind, int max) {
        return sql.list(NEWEST, Params.of(account).with("kind", kind).with("max", max), CheckoutTable::read);
    }

    @Override
    public Optional<Visit> find(String visitId) {
        return sql.first(FIND, Params.of("visit_id", visitId), CheckoutTable::read);
    }

    @Override
    public Optional<Visit> findBySession(String sessionId) {
        return sql.first(FIND_BY_SESSION, Params.of("session_id", sessionId), CheckoutTable::read);
    }

    private static Params params(Visit visit) {
        Page page = visit.page();
        return Params.of(visit.account())
                .with("visit_id", visit.id())
                .with("kind", visit.kind())
                .with("plan_key", visit.plan() == null ? null : visit.plan().value())
                .with("units", visit.units())
                .with("offer", visit.offer())
                .with("status", visit.status())
                .with("session_id", page == null ? null : page.sessionId())
                .with("url", page == null ? null : page.url().toString())
                .with("created_at", visit.createdAt())
                .with("expires_at", page == null ? null : page.expiresAt());
    }

    private static Visit read(Row row) throws SQLException {
        String plan = row.textOrNull("plan_key");
        return new Visit(
                row.text("visit_id"),
                Checkout.Kind.valueOf(row.text("kind")),
                row.account(),
                plan == null ? null : PlanKey.of(plan),
                row.number("units"),
                row.text("offer"),
                CheckoutStatus.valueOf(row.text("status")),
                page(row),
                row.instant("created_at"));
    }

    private static @Nullable Page page(Row row) throws SQLException {
        String session = row.textOrNull("session_id");
        return session == null ? null : new Page(session, URI.create(row.text("url")), row.instant("expires_at"));
    }
}
