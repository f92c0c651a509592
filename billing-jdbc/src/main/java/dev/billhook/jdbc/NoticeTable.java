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
import dev.billhook.notice.Told;
import dev.billhook.spi.store.StoreJson;
import dev.billhook.spi.store.notice.NoticeStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code billing_notice}. */
final class NoticeTable implements NoticeStore {
    private static final String OF_ACCOUNT = """
            where provider_account = :provider_account and livemode = :livemode
              and account_type = :account_type and account_id = :account_id
            """;

    private static final Sql FIND = Sql.of("""
            select look_at, reminded_at, told
            from billing_notice
            """ + OF_ACCOUNT);

    private static final Sql DUE = Sql.of("""
            select account_type, account_id
            from billing_notice
            where provider_account = :provider_account and livemode = :livemode and look_at <= :now
            order by look_at
            limit :max""");

    private static final Sql SOONER = Sql.of("""
            update billing_notice
            set look_at = :look_at
            """ + OF_ACCOUNT + """
              and (look_at is null or look_at > :look_at)""");

    private static final Sql REMIND = Sql.of("""
            update billing_notice
            set reminded_at = :reminded_at
            """ + OF_ACCOUNT + """
              and (reminded_at is null or reminded_at < :reminded_at)""");

    private static final Sql DELETE = Sql.of("""
            delete from billing_notice
            """ + OF_ACCOUNT);

    private static final TableRows ROWS = new TableRows("billing_notice", "account_id", "account_type")
            .with(ColumnType.TIME, "look_at", "reminded_at")
            .with(ColumnType.TEXT, "told");

    private final SqlRunner sql;
    private final RowWriter rows;

    NoticeTable(SqlRunner sql) {
        this.sql = sql;
        this.rows = new RowWriter(sql);
    }

    @Override
    public void mark(List<Mark> marks) {
        if (sql.takesScripts()) {
            sql.run(marking(marks));
            return;
        }
        List<Params> fresh = newRows(marks);
        if (rows.insertNew(ROWS, fresh).size() < marks.size()) {
            sql.batch(SOONER, soonest(marks));
        }
    }

    /** Like {@link #mark}, as part of a script. */
    List<Step<?>> marking(List<Mark> marks) {
        List<Step<?>> steps = new ArrayList<>();
        List<Params> fresh = newRows(marks);
        if (!fresh.isEmpty()) {
            steps.add(rows.insertion(ROWS, fresh));
        }
        List<Params> soonest = soonest(marks);
        if (soonest.size() == 1) {
            steps.add(Step.change(SOONER, soonest.get(0)));
        } else if (!soonest.isEmpty()) {
            steps.add(rows.lowering(ROWS, "look_at", soonest));
        }
        return steps;
    }

    private static List<Params> newRows(List<Mark> marks) {
        return marks.stream()
                .flatMap(mark -> Optional.ofNullable(mark.told()).stream()
                        .map(told -> params(mark.account(), new Agenda(mark.lookAt(), null, told))))
                .toList();
    }

    /** The soonest look of each account. */
    private static List<Params> soonest(List<Mark> marks) {
        Map<AccountRef, Mark> soonest = new LinkedHashMap<>();
        marks.forEach(mark -> soonest.merge(
                mark.account(), mark, (one, other) -> other.lookAt().isBefore(one.lookAt()) ? other : one));
        return soonest.values().stream().map(NoticeTable::sooner).toList();
    }

    private static Params sooner(Mark mark) {
        return Params.of(mark.account()).with("look_at", mark.lookAt());
    }

    @Override
    public void remind(AccountRef account, Instant now, Instant providerTime) {
        mark(List.of(new Mark(account, now, Told.NOTHING)));
        sql.update(REMIND, Params.of(account).with("reminded_at", providerTime));
    }

    @Override
    public List<AccountRef> due(Instant now, int max) {
        return sql.list(DUE, Params.of("now", now).with("max", max), Row::account);
    }

    @Override
    public Optional<Agenda> find(AccountRef account) {
        return sql.first(
                FIND,
                Params.of(account),
                row -> new Agenda(
                        row.instantOrNull("look_at"),
                        row.instantOrNull("reminded_at"),
                        StoreJson.readTold(row.text("told"))));
    }

    @Override
    public void save(AccountRef account, Agenda agenda) {
        rows.put(ROWS, params(account, agenda));
    }

    @Override
    public void remove(AccountRef account) {
        sql.update(DELETE, Params.of(account));
    }

    private static Params params(AccountRef account, Agenda agenda) {
        return Params.of(account)
                .with("look_at", agenda.lookAt())
                .with("reminded_at", agenda.remindedAt())
                .with("told", StoreJson.write(agenda.told()));
    }
}
