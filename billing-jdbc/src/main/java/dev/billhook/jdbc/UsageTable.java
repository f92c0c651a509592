package dev.billhook.jdbc;

import dev.billhook.account.AccountRef;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.usage.UsageStore;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.usage.UsageQuery;
import dev.billhook.usage.UsageRecord;
import dev.billhook.usage.UsageStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code billing_usage}. */
final class UsageTable implements UsageStore {
    private static final TableRows ROWS = new TableRows("billing_usage", "usage_id")
            .with(ColumnType.TEXT, "account_type", "account_id", "meter", "usage_key", "status", "error")
            .with(ColumnType.NUMBER, "quantity", "attempts")
            .with(ColumnType.TIME, "occurred_at", "recorded_at", "next_attempt_at", "unsure_since");

    private static final String SELECT = """
            select usage_id, account_type, account_id, meter, usage_key, quantity, occurred_at, status, attempts, next_attempt_at,
              unsure_since, error
            from billing_usage
            where provider_account = :provider_account and livemode = :livemode
            """;

    private static final Sql LOCK_DUE = Sql.of(SELECT + """
              and status = 'PENDING' and next_attempt_at <= :now
            order by next_attempt_at, usage_id
            limit :max
            for update skip locked""");

    private static final Sql LEASE = Sql.of("""
            update billing_usage
            set next_attempt_at = :next_attempt_at, unsure_since = coalesce(unsure_since, :now)
            where provider_account = :provider_account and livemode = :livemode and usage_id in (:usage_ids)""");

    private static final Sql UPDATE = Sql.of("""
            update billing_usage
            set status = :status, attempts = :attempts, next_attempt_at = :next_attempt_at,
              unsure_since = :unsure_since, error = :error
            where provider_account = :provider_account and livemode = :livemode and usage_id = :usage_id""");

    private static final Sql SUMS = Sql.of("""
            select status, sum(quantity) as quantity
            from billing_usage
            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id and meter = :meter
              and occurred_at >= :occurred_from and occurred_at < :occurred_before
            group by status""");

    private static final Sql SUMMARY = Sql.of("""
            select coalesce(sum(case when status = 'PENDING' then 1 else 0 end), 0) as pending,
              coalesce(sum(case when status = 'PENDING' and attempts > 0 then 1 else 0 end), 0) as failing,
              coalesce(sum(case when status = 'DEAD' then 1 else 0 end), 0) as dead,
              min(case when status = 'PENDING' then next_attempt_at end) as due_since
            from billing_usage
            where provider_account = :provider_account and livemode = :livemode and status in ('PENDING', 'DEAD')""");

    private static final String RETRY = """
            update billing_usage
            set status = 'PENDING', attempts = 0, next_attempt_at = :now, unsure_since = null, error = null
            where provider_account = :provider_account and livemode = :livemode and status = 'DEAD'""";

    private static final Sql DISCARD = Sql.of("""
            update billing_usage
            set status = 'DISCARDED'
            where provider_account = :provider_account and livemode = :livemode and usage_id = :usage_id
              and status = 'DEAD'""");

    private static final Sql FORGET = Sql.of("""
            delete from billing_usage
            where provider_account = :provider_account and livemode = :livemode and occurred_at < :occurred_before
              and status in ('SENT', 'DISCARDED')""");

    private final SqlRunner sql;
    private final RowWriter rows;

    UsageTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    /** In an order that is the same for every caller, so that none waits for another that waits for it. */
    @Override
    public Set<String> insertAll(Collection<UsageEntry> entries) {
        List<Params> sorted = entries.stream()
                .sorted(Comparator.comparing(UsageEntry::id))
                .map(UsageTable::wholeRow)
                .toList();
        return sql.takesScripts() || sorted.size() == 1
                ? rows.insertNew(ROWS, sorted)
                : sql.inTransaction(() -> rows.insertNew(ROWS, sorted));
    }

    @Override
    public List<UsageEntry> claimDue(Instant now, Duration lease, int max) {
        return sql.inTransaction(() -> {
            List<UsageEntry> due = sql.list(LOCK_DUE, Params.of("now", now).with("max", max), UsageTable::read);
            if (!due.isEmpty()) {
                sql.update(
                        LEASE,
                        Params.of("now", now)
                                .with("next_attempt_at", now.plus(lease))
                                .withList(
                                        "usage_ids",
                                        due.stream().map(UsageEntry::id).toList()));
            }
            return due;
        });
    }

    @Override
    public void update(UsageEntry entry) {
        sql.update(UPDATE, params(entry));
    }

    @Override
    public Map<UsageStatus, Long> sums(AccountRef account, String meter, Instant from, Instant until) {
        Params params = Params.of(account)
                .with("meter", meter)
                .with("occurred_from", from)
                .with("occurred_before", until);
        return sql
                .list(SUMS, params, row -> Map.entry(UsageStatus.valueOf(row.text("status")), row.number("quantity")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<UsageEntry> list(UsageQuery query) {
        Params params = Params.of("max", query.limit());
        StringBuilder fitting = new StringBuilder(SELECT).append(fitting(query, params));
        if (query.status() != null) {
            fitting.append(" and status = :status");
            params.with("status", query.status());
        }
        return sql.list(
                Sql.of(fitting.append(" order by occurred_at, usage_id limit :max")
                        .toString()),
                params,
                UsageTable::read);
    }

    @Override
    public UsageOutboxSummary summary() {
        return sql.first(
                        SUMMARY,
                        new Params(),
                        row -> new UsageOutboxSummary(
                                row.number("pending"),
                                row.number("failing"),
                                row.number("dead"),
                                row.instantOrNull("due_since")))
                .orElseThrow();
    }

    @Override
    public int retryDead(UsageQuery query, Instant now) {
        Params params = Params.of("now", now);
        String fitting = fitting(query, params);
        return sql.update(Sql.of(RETRY + fitting), params);
    }

    @Override
    public boolean discardDead(String id) {
        return sql.update(DISCARD, Params.of("usage_id", id)) == 1;
    }

    @Override
    public int forget(Instant before) {
        return sql.update(FORGET, Params.of("occurred_before", before));
    }

    /** Conditions for account and meter; their values are added to the parameters. */
    private static String fitting(UsageQuery query, Params params) {
        StringBuilder where = new StringBuilder();
        if (query.account() != null) {
            where.append(" and account_type = :account_type and account_id = :account_id");
            params.with(query.account());
        }
        if (query.meter() != null) {
            where.append(" and meter = :meter");
            params.with("meter", query.meter());
        }
        return where.toString();
    }

    private static Params wholeRow(UsageEntry entry) {
        UsageRecord usage = entry.usage();
        return params(entry)
                .with(usage.account())
                .with("meter", usage.meter())
                .with("usage_key", usage.key())
                .with("quantity", usage.quantity())
                .with("occurred_at", usage.occurredAt())
                .with("recorded_at", entry.nextAttemptAt());
    }

    private static Params params(UsageEntry entry) {
        return Params.of("usage_id", entry.id())
                .with("status", entry.status())
                .with("attempts", entry.attempts())
                .with("next_attempt_at", entry.nextAttemptAt())
                .with("unsure_since", entry.unsureSince())
                .withError("error", entry.error());
    }

    private static UsageEntry read(Row row) throws SQLException {
        return new UsageEntry(
                row.text("usage_id"),
                new UsageRecord(
                        row.account(),
                        row.text("meter"),
                        row.number("quantity"),
                        row.instant("occurred_at"),
                        row.text("usage_key")),
                UsageStatus.valueOf(row.text("status")),
                row.smallNumber("attempts"),
                row.instantOrNull("next_attempt_at"),
                row.instantOrNull("unsure_since"),
                row.textOrNull("error"));
    }
}
