package dev.billhook.jdbc;

import dev.billhook.jdbc.internal.Params;
import dev.billhook.jdbc.internal.Row;
import dev.billhook.jdbc.internal.Sql;
import dev.billhook.jdbc.internal.SqlRunner;
import dev.billhook.spi.store.InboxStore;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code billing_webhook_event}. */
final class InboxTable implements InboxStore {
    private static final Sql INSERT = Sql.of("""
            insert into billing_webhook_event (
              provider_account, livemode, event_id, event_type, created_at, received_at, status, attempts, next_attempt_at,
              error, payload)
            values (
              :provider_account, :livemode, :event_id, :event_type, :created_at, :received_at, :status, :attempts,
              :next_attempt_at, :error, :payload)""");

    private static final Sql UPDATE = Sql.of("""
            update billing_webhook_event
            set status = :status, attempts = :attempts, next_attempt_at = :next_attempt_at, error = :error, payload = :payload
            where provider_account = :provider_account and livemode = :livemode and event_id = :event_id""");

    private static final Sql FIND = Sql.of("""
            select event_id, event_type, created_at, received_at, status, attempts, next_attempt_at, error, payload
            from billing_webhook_event
            where provider_account = :provider_account and livemode = :livemode and event_id = :event_id""");

    private static final Sql SELECT_DUE = Sql.of("""
            select event_id, event_type, created_at, received_at, status, attempts, next_attempt_at, error, payload
            from billing_webhook_event
            where provider_account = :provider_account and livemode = :livemode
              and status = 'PENDING' and next_attempt_at <= :now
            order by created_at, event_id
            limit :max
            for update skip locked""");

    private static final Sql LEASE = Sql.of("""
            update billing_webhook_event
            set next_attempt_at = :next_attempt_at
            where provider_account = :provider_account and livemode = :livemode and event_id = :event_id""");

    private final SqlRunner sql;
    private final Dialect dialect;
    private final Sql insert;

    InboxTable(SqlRunner sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
        this.insert = dialect.passOver(INSERT, "provider_account, livemode, event_id");
    }

    @Override
    public boolean insert(InboxEvent event) {
        return dialect.insert(
                sql,
                insert,
                params(event)
                        .with("event_type", event.type())
                        .with("created_at", event.createdAt())
                        .with("received_at", event.receivedAt()));
    }

    @Override
    public void update(InboxEvent event) {
        sql.update(UPDATE, params(event));
    }

    @Override
    public Optional<InboxEvent> find(String eventId) {
        return sql.first(FIND, Params.of("event_id", eventId), InboxTable::read);
    }

    @Override
    public List<InboxEvent> claimDue(Instant now, Duration lease, int max) {
        return sql.inTransaction(() -> {
            List<InboxEvent> due = sql.list(SELECT_DUE, Params.of("now", now).with("max", max), InboxTable::read);
            List<InboxEvent> leased =
                    due.stream().map(event -> lease(event, now.plus(lease))).toList();
            sql.batch(LEASE, leased.stream().map(InboxTable::params).toList());
            return leased;
        });
    }

    private static InboxEvent lease(InboxEvent event, Instant until) {
        return new InboxEvent(
                event.id(),
                event.type(),
                event.createdAt(),
                event.receivedAt(),
                event.status(),
                event.attempts(),
                until,
                event.error(),
                event.payload());
    }

    private static Params params(InboxEvent event) {
        return Params.of("event_id", event.id())
                .with("status", event.status())
                .with("attempts", event.attempts())
                .with("next_attempt_at", event.nextAttemptAt())
                .withError("error", event.error())
                .with("payload", event.payload());
    }

    private static InboxEvent read(Row row) throws SQLException {
        return new InboxEvent(
                row.text("event_id"),
                row.text("event_type"),
                row.instant("created_at"),
                row.instant("received_at"),
                InboxStatus.valueOf(row.text("status")),
                row.smallNumber("attempts"),
                row.instantOrNull("next_attempt_at"),
                row.textOrNull("error"),
                row.textOrNull("payload"));
    }
}
