package dev.billhook.jdbc;

import dev.billhook.event.OutboxEntry;
import dev.billhook.event.OutboxQuery;
import dev.billhook.event.OutboxSummary;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.Step;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.OutboxStore;
import dev.billhook.spi.store.StoreJson;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code billing_outbox}. Its {@code seq} gives the order of an account's events: they are appended with the account's row
 * locked, so one transaction's numbers follow those of the transaction before.
 */
final class OutboxTable implements OutboxStore {
    private static final TableRows ROWS = new TableRows("billing_outbox", "event_id", "listener")
            .with(ColumnType.TEXT, "account_type", "account_id", "event_type", "event", "status", "error")
            .with(ColumnType.NUMBER, "attempts")
            .with(ColumnType.TIME, "next_attempt_at");

    private static final String DUE = """
            select o.listener, o.event, o.status, o.attempts, o.next_attempt_at, o.error
            from billing_outbox o
            where o.provider_account = :provider_account and o.livemode = :livemode
              and o.status = 'PENDING' and o.next_attempt_at <= :now
              and not exists (
                select 1 from billing_outbox earlier
                where earlier.provider_account = o.provider_account and earlier.livemode = o.livemode
                  and earlier.status = 'PENDING'
                  and earlier.account_type = o.account_type and earlier.account_id = o.account_id
                  and earlier.listener = o.listener and earlier.seq < o.seq)
            """;

    private static final String IN_ORDER = """
            order by o.seq
            limit :max
            for update skip locked""";

    private static final Sql SELECT_DUE = Sql.of(DUE + IN_ORDER);
    private static final Sql SELECT_DUE_OF_OTHERS = Sql.of(DUE + "  and o.listener not in (:busy)\n" + IN_ORDER);

    private static final Sql LEASE = Sql.of("""
            update billing_outbox
            set next_attempt_at = :next_attempt_at
            where provider_account = :provider_account and livemode = :livemode
              and event_id = :event_id and listener = :listener""");

    private static final Sql UPDATE = Sql.of("""
            update billing_outbox
            set status = :status, attempts = :attempts, next_attempt_at = :next_attempt_at, error = :error
            where provider_account = :provider_account and livemode = :livemode
              and event_id = :event_id and listener = :listener""");

    private static final Sql DELETE = Sql.of("""
            delete from billing_outbox
            where provider_account = :provider_account and livemode = :livemode
              and event_id = :event_id and listener = :listener""");

    private static final String SELECT = """
            select listener, event, status, attempts, next_attempt_at, error
            from billing_outbox
            where provider_account = :provider_account and livemode = :livemode
            """;

    private static final Sql FIND = Sql.of(SELECT + "and event_id = :event_id and listener = :listener");

    private static final String RETRY = """
            update billing_outbox
            set status = 'PENDING', attempts = 0, next_attempt_at = :now, error = null
            where provider_account = :provider_account and livemode = :livemode""";

    private static final Sql SUMMARY = Sql.of("""
            select coalesce(sum(case when status = 'PENDING' then 1 else 0 end), 0) as pending,
              coalesce(sum(case when status = 'PENDING' and attempts > 0 then 1 else 0 end), 0) as failing,
              coalesce(sum(case when status = 'DEAD' then 1 else 0 end), 0) as dead,
              min(case when status = 'PENDING' then next_attempt_at end) as due_since
            from billing_outbox
            where provider_account = :provider_account and livemode = :livemode""");

    private static final Sql COUNT = Sql.of("""
            select count(*) as entries
            from billing_outbox
            where provider_account = :provider_account and livemode = :livemode""");

    private final SqlRunner sql;
    private final RowWriter rows;

    OutboxTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public void append(List<OutboxEntry> entries) {
        rows.insertNew(ROWS, entries.stream().map(OutboxTable::wholeRow).toList());
    }

    /** Like {@link #append}, as part of a script. */
    Step<String> appending(List<OutboxEntry> entries) {
        return rows.insertion(ROWS, entries.stream().map(OutboxTable::wholeRow).toList());
    }

    @Override
    public List<OutboxEntry> claimDue(Instant now, Duration lease, int max, Set<String> busy) {
        return sql.inTransaction(() -> {
            Params params = Params.of("now", now).with("max", max);
            List<OutboxEntry> due = busy.isEmpty()
                    ? sql.list(SELECT_DUE, params, OutboxTable::read)
                    : sql.list(SELECT_DUE_OF_OTHERS, params.withList("busy", busy), OutboxTable::read);
            List<OutboxEntry> leased =
                    due.stream().map(entry -> lease(entry, now.plus(lease))).toList();
            sql.batch(LEASE, leased.stream().map(OutboxTable::params).toList());
            return leased;
        });
    }

    @Override
    public void delivered(OutboxEntry entry) {
        sql.update(DELETE, params(entry));
    }

    @Override
    public void update(OutboxEntry entry) {
        sql.update(UPDATE, params(entry));
    }

    @Override
    public Optional<OutboxEntry> find(String eventId, String listener) {
        return sql.first(FIND, Params.of("event_id", eventId).with("listener", listener), OutboxTable::read);
    }

    @Override
    public List<OutboxEntry> list(OutboxQuery query) {
        Params params = Params.of("max", query.limit());
        String fitting = fitting(query, params);
        return sql.list(Sql.of(SELECT + fitting + " order by seq limit :max"), params, OutboxTable::read);
    }

    @Override
    public int retryAll(OutboxQuery query, Instant now) {
        Params params = Params.of("now", now);
        String fitting = fitting(query, params);
        return sql.update(Sql.of(RETRY + fitting), params);
    }

    @Override
    public OutboxSummary summary() {
        return sql.list(
                        SUMMARY,
                        new Params(),
                        row -> new OutboxSummary(
                                row.number("pending"),
                                row.number("failing"),
                                row.number("dead"),
                                row.instantOrNull("due_since")))
                .get(0);
    }

    @Override
    public long size() {
        return sql.list(COUNT, new Params(), row -> row.number("entries")).get(0);
    }

    /** Conditions for what the query names; their values are added to the parameters. */
    private static String fitting(OutboxQuery query, Params params) {
        StringBuilder where = new StringBuilder();
        if (query.status() != null) {
            where.append(" and status = :status");
            params.with("status", query.status());
        }
        if (query.listener() != null) {
            where.append(" and listener = :listener");
            params.with("listener", query.listener());
        }
        if (query.eventType() != null) {
            where.append(" and event_type = :event_type");
            params.with("event_type", query.eventType());
        }
        return where.toString();
    }

    private static Params wholeRow(OutboxEntry entry) {
        return params(entry)
                .with(entry.event().account())
                .with("event_type", entry.event().getClass().getSimpleName())
                .with("event", StoreJson.write(entry.event()));
    }

    private static OutboxEntry lease(OutboxEntry entry, Instant until) {
        return new OutboxEntry(entry.event(), entry.listener(), entry.status(), entry.attempts(), until, entry.error());
    }

    private static Params params(OutboxEntry entry) {
        return Params.of("event_id", entry.event().id())
                .with("listener", entry.listener())
                .with("status", entry.status())
                .with("attempts", entry.attempts())
                .with("next_attempt_at", entry.nextAttemptAt())
                .withError("error", entry.error());
    }

    private static OutboxEntry read(Row row) throws SQLException {
        return new OutboxEntry(
                StoreJson.readEvent(row.text("event")),
                row.text("listener"),
                OutboxEntry.Status.valueOf(row.text("status")),
                row.smallNumber("attempts"),
                row.instant("next_attempt_at"),
                row.textOrNull("error"));
    }
}
