package dev.billhook.jdbc;

import dev.billhook.account.AccountRef;
import dev.billhook.jdbc.internal.ColumnType;
import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.RowWriter;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.jdbc.internal.Step;
import dev.billhook.jdbc.internal.TableRows;
import dev.billhook.spi.store.InboxStore;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxEvent.Owner;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code billing_webhook_event}. */
final class InboxTable implements InboxStore {
    private static final TableRows ROWS = new TableRows("billing_webhook_event", "event_id")
            .with(
                    ColumnType.TEXT,
                    "event_type",
                    "status",
                    "error",
                    "customer_id",
                    "account_type",
                    "account_id",
                    "payload")
            .with(ColumnType.TIME, "created_at", "received_at", "next_attempt_at")
            .with(ColumnType.FLAG, "account_taken")
            .with(ColumnType.NUMBER, "attempts");

    private static final Sql UPDATE = Sql.of("""
            update billing_webhook_event
            set status = :status, attempts = :attempts, next_attempt_at = :next_attempt_at, error = :error,
              customer_id = :customer_id, account_type = :account_type, account_id = :account_id,
              account_taken = :account_taken, payload = :payload
            where provider_account = :provider_account and livemode = :livemode and event_id = :event_id""");

    /** What {@link InboxEvent#finished} leaves, for any number of events. */
    private static final Sql FINISH = Sql.of("""
            update billing_webhook_event
            set status = :status, next_attempt_at = null, error = null,
              customer_id = null, account_type = null, account_id = null, account_taken = false, payload = null
            where provider_account = :provider_account and livemode = :livemode and event_id in (:event_ids)""");

    private static final String SELECT = """
            select event_id, event_type, created_at, received_at, status, attempts, next_attempt_at, error,
              customer_id, account_type, account_id, account_taken, payload
            from billing_webhook_event
            where provider_account = :provider_account and livemode = :livemode
            """;

    private static final Sql FIND = Sql.of(SELECT + "and event_id = :event_id");

    private static final Sql LOCK_DUE = Sql.of(SELECT + """
              and status = 'PENDING' and next_attempt_at <= :now
            order by created_at, event_id
            limit :max
            for update skip locked""");

    private static final Sql LOCK_ONE = Sql.of(SELECT + """
              and status = 'PENDING' and next_attempt_at <= :now and event_id = :event_id
            for update skip locked""");

    private static final Sql COUNT = Sql.of("""
            select status, count(*) as events
            from billing_webhook_event
            where provider_account = :provider_account and livemode = :livemode
            group by status""");

    private static final Sql OLDEST_PENDING = Sql.of("""
            select min(received_at) as received_at
            from billing_webhook_event
            where provider_account = :provider_account and livemode = :livemode and status = 'PENDING'""");

    private static final Sql UNPARK = Sql.of("""
            update billing_webhook_event
            set status = 'PENDING', next_attempt_at = :now
            where provider_account = :provider_account and livemode = :livemode and status = 'PARKED'
              and (exists (
                  select 1 from billing_account a
                  where a.provider_account = billing_webhook_event.provider_account
                    and a.livemode = billing_webhook_event.livemode
                    and a.customer_id = billing_webhook_event.customer_id)
                or exists (
                  select 1 from billing_other_customer o
                  where o.provider_account = billing_webhook_event.provider_account
                    and o.livemode = billing_webhook_event.livemode
                    and o.customer_id = billing_webhook_event.customer_id)
                or exists (
                  select 1 from billing_account a
                  where a.provider_account = billing_webhook_event.provider_account
                    and a.livemode = billing_webhook_event.livemode
                    and a.account_type = billing_webhook_event.account_type
                    and a.account_id = billing_webhook_event.account_id
                    and (not billing_webhook_event.account_taken or a.customer_id is null or a.customer_deleted)))""");

    private static final Sql FINISHED = Sql.of("""
            select event_id
            from billing_webhook_event
            where provider_account = :provider_account and livemode = :livemode and received_at < :received_before
              and status in ('DONE', 'IGNORED', 'DISCARDED')
            order by received_at
            limit :max""");

    private static final Sql DELETE = Sql.of("""
            delete from billing_webhook_event
            where provider_account = :provider_account and livemode = :livemode and event_id in (:event_ids)
              and status in ('DONE', 'IGNORED', 'DISCARDED')""");

    private final SqlRunner sql;
    private final RowWriter rows;

    InboxTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public Set<String> insertAll(List<InboxEvent> events) {
        return sql.takesScripts()
                ? rows.insertNew(ROWS, sortedRows(events))
                : sql.inTransaction(() -> rows.insertNew(ROWS, sortedRows(events)));
    }

    /** Like {@link #insertAll}, as part of a script. */
    Step<String> inserting(List<InboxEvent> events) {
        return rows.insertion(ROWS, sortedRows(events));
    }

    /** In an order that is the same for every caller, so that none waits for another that waits for it. */
    private static List<Params> sortedRows(List<InboxEvent> events) {
        return events.stream()
                .sorted(Comparator.comparing(InboxEvent::id))
                .map(InboxTable::wholeRow)
                .toList();
    }

    @Override
    public void updateAll(List<InboxEvent> events) {
        Map<InboxStatus, List<String>> finished = new EnumMap<>(InboxStatus.class);
        List<Params> others = new ArrayList<>();
        for (InboxEvent event : events) {
            if (event.status().finished() && event.error() == null && event.attempts() == 0) {
                finished.computeIfAbsent(event.status(), status -> new ArrayList<>())
                        .add(event.id());
            } else {
                others.add(params(event));
            }
        }
        finished.forEach(
                (status, ids) -> sql.update(FINISH, Params.of("status", status).withList("event_ids", ids)));
        sql.batch(UPDATE, others);
    }

    @Override
    public Optional<InboxEvent> find(String eventId) {
        return sql.first(FIND, Params.of("event_id", eventId), InboxTable::read);
    }

    @Override
    public List<InboxEvent> lockDue(Instant now, int max) {
        return sql.list(LOCK_DUE, Params.of("now", now).with("max", max), InboxTable::read);
    }

    @Override
    public Optional<InboxEvent> lockDue(String eventId, Instant now) {
        return sql.first(LOCK_ONE, Params.of("event_id", eventId).with("now", now), InboxTable::read);
    }

    @Override
    public List<InboxEvent> list(InboxQuery query) {
        StringBuilder where = new StringBuilder();
        Params params = Params.of("max", query.limit());
        if (!query.statuses().isEmpty()) {
            where.append(" and status in (:statuses)");
            params.withList("statuses", query.statuses());
        }
        String type = query.type();
        if (type != null && type.endsWith(".*")) {
            where.append(" and event_type like :type escape '!'");
            params.with("type", beginningOf(type) + "%");
        } else if (type != null) {
            where.append(" and event_type = :type");
            params.with("type", type);
        }
        if (query.receivedFrom() != null) {
            where.append(" and received_at >= :received_from");
            params.with("received_from", query.receivedFrom());
        }
        if (query.receivedBefore() != null) {
            where.append(" and received_at < :received_before");
            params.with("received_before", query.receivedBefore());
        }
        InboxEvent after = query.after();
        if (after != null) {
            where.append(" and received_at <= :after_at and (received_at < :after_at or event_id < :after_id)");
            params.with("after_at", after.receivedAt()).with("after_id", after.id());
        }
        return sql.list(
                Sql.of(SELECT + where + " order by received_at desc, event_id desc limit :max"),
                params,
                InboxTable::read);
    }

    @Override
    public Map<InboxStatus, Long> count() {
        Map<InboxStatus, Long> counts = new EnumMap<>(InboxStatus.class);
        sql.list(COUNT, new Params(), row -> Map.entry(InboxStatus.valueOf(row.text("status")), row.number("events")))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    @Override
    public Optional<Instant> oldestPending() {
        return sql.list(OLDEST_PENDING, new Params(), row -> Optional.ofNullable(row.instantOrNull("received_at")))
                .get(0);
    }

    @Override
    public int unparkKnown(Instant now) {
        return sql.update(UNPARK, Params.of("now", now));
    }

    @Override
    public int prune(Instant receivedBefore, int max) {
        List<String> old = sql.list(
                FINISHED, Params.of("received_before", receivedBefore).with("max", max), row -> row.text("event_id"));
        return old.isEmpty() ? 0 : sql.update(DELETE, new Params().withList("event_ids", old));
    }

    /** In event types an underscore means itself. */
    private static String beginningOf(String type) {
        return type.substring(0, type.length() - 1)
                .replace("!", "!!")
                .replace("_", "!_")
                .replace("%", "!%");
    }

    private static Params wholeRow(InboxEvent event) {
        return params(event)
                .with("event_type", event.type())
                .with("created_at", event.createdAt())
                .with("received_at", event.receivedAt());
    }

    private static Params params(InboxEvent event) {
        Owner owner = event.owner();
        AccountRef account = owner == null ? null : owner.account();
        return Params.of("event_id", event.id())
                .with("status", event.status())
                .with("attempts", event.attempts())
                .with("next_attempt_at", event.nextAttemptAt())
                .withError("error", event.error())
                .with("customer_id", owner == null ? null : owner.customerId())
                .with("account_type", account == null ? null : account.type())
                .with("account_id", account == null ? null : account.id())
                .with("account_taken", owner != null && owner.accountTaken())
                .with("payload", event.payload());
    }

    private static InboxEvent read(Row row) throws SQLException {
        InboxStatus status = InboxStatus.valueOf(row.text("status"));
        return new InboxEvent(
                row.text("event_id"),
                row.text("event_type"),
                row.instant("created_at"),
                row.instant("received_at"),
                status,
                row.smallNumber("attempts"),
                row.instantOrNull("next_attempt_at"),
                row.textOrNull("error"),
                status == InboxStatus.PARKED ? owner(row) : null,
                row.textOrNull("payload"));
    }

    private static @Nullable Owner owner(Row row) throws SQLException {
        String customer = row.textOrNull("customer_id");
        return customer == null
                ? null
                : new Owner(
                        customer,
                        row.textOrNull("account_type") == null ? null : row.account(),
                        row.flag("account_taken"));
    }
}
