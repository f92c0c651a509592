package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import dev.billhook.notice.Told;
import dev.billhook.spi.store.notice.NoticeStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What accounts are told by time, in memory. */
final class InMemoryNotices implements NoticeStore {
    private final Statements statements;

    InMemoryNotices(Statements statements) {
        this.statements = statements;
    }

    /** Runs statements on the table. */
    @FunctionalInterface
    interface Statements {
        Object run(Function<Map<AccountRef, Agenda>, Object> action);
    }

    @Override
    public void mark(List<Mark> marks) {
        statements.run(rows -> {
            marks.forEach(mark -> mark(rows, mark));
            return rows;
        });
    }

    private static void mark(Map<AccountRef, Agenda> rows, Mark mark) {
        Told told = mark.told();
        Agenda known = rows.get(mark.account());
        if (known != null) {
            rows.put(
                    mark.account(),
                    new Agenda(earlier(known.lookAt(), mark.lookAt()), known.remindedAt(), known.told()));
        } else if (told != null) {
            rows.put(mark.account(), new Agenda(mark.lookAt(), null, told));
        }
    }

    @Override
    public void remind(AccountRef account, Instant now, Instant providerTime) {
        statements.run(rows -> {
            Agenda known = rows.getOrDefault(account, Agenda.NOTHING);
            Instant before = known.remindedAt();
            Instant latest = before != null && before.isAfter(providerTime) ? before : providerTime;
            return Optional.ofNullable(
                    rows.put(account, new Agenda(earlier(known.lookAt(), now), latest, known.told())));
        });
    }

    private static Instant earlier(@Nullable Instant known, Instant other) {
        return known == null || other.isBefore(known) ? other : known;
    }

    @Override
    public List<AccountRef> due(Instant now, int max) {
        return answer(rows -> rows.entrySet().stream()
                .filter(row -> row.getValue().lookAt() != null
                        && !row.getValue().lookAt().isAfter(now))
                .sorted(Comparator.comparing(row -> row.getValue().lookAt()))
                .limit(max)
                .map(Map.Entry::getKey)
                .toList());
    }

    @Override
    public Optional<Agenda> find(AccountRef account) {
        return answer(rows -> Optional.ofNullable(rows.get(account)));
    }

    @Override
    public void save(AccountRef account, Agenda agenda) {
        statements.run(rows -> Optional.ofNullable(rows.put(account, agenda)));
    }

    @Override
    public void remove(AccountRef account) {
        statements.run(rows -> Optional.ofNullable(rows.remove(account)));
    }

    @SuppressWarnings("unchecked")
    private <T> T answer(Function<Map<AccountRef, Agenda>, T> query) {
        return (T) statements.run(query::apply);
    }
}
