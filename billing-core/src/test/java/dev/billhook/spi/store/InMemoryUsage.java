package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import dev.billhook.spi.store.usage.UsageStore;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.usage.UsageQuery;
import dev.billhook.usage.UsageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Usage records by id. */
final class InMemoryUsage implements UsageStore {
    private final Statements statements;

    InMemoryUsage(Statements statements) {
        this.statements = statements;
    }

    /** Runs an action on the rows. */
    interface Statements {
        <T> T run(Function<Map<String, UsageEntry>, T> action);
    }

    @Override
    public Set<String> insertAll(Collection<UsageEntry> entries) {
        return statements.run(rows -> {
            Set<String> inserted = new LinkedHashSet<>();
            entries.forEach(entry -> {
                if (rows.putIfAbsent(entry.id(), entry) == null) {
                    inserted.add(entry.id());
                }
            });
            return inserted;
        });
    }

    @Override
    public List<UsageEntry> claimDue(Instant now, Duration lease, int max) {
        return statements.run(rows -> {
            List<UsageEntry> due = rows.values().stream()
                    .filter(entry -> entry.status() == UsageStatus.PENDING
                            && !nextAttempt(entry).isAfter(now))
                    .sorted(Comparator.comparing(InMemoryUsage::nextAttempt).thenComparing(UsageEntry::id))
                    .limit(max)
                    .toList();
            due.forEach(entry -> rows.put(
                    entry.id(),
                    new UsageEntry(
                            entry.id(),
                            entry.usage(),
                            entry.status(),
                            entry.attempts(),
                            now.plus(lease),
                            entry.unsureSince() == null ? now : entry.unsureSince(),
                            entry.error())));
            return due;
        });
    }

    @Override
    public void update(UsageEntry entry) {
        statements.run(rows -> rows.computeIfPresent(entry.id(), (id, old) -> entry));
    }

    @Override
    public Map<UsageStatus, Long> sums(AccountRef account, String meter, Instant from, Instant until) {
        return statements.run(rows -> {
            Map<UsageStatus, Long> sums = new EnumMap<>(UsageStatus.class);
            fitting(rows, UsageQuery.all().of(account).ofMeter(meter))
                    .filter(entry -> !entry.usage().occurredAt().isBefore(from)
                            && entry.usage().occurredAt().isBefore(until))
                    .forEach(entry -> sums.merge(entry.status(), entry.usage().quantity(), Math::addExact));
            return sums;
        });
    }

    @Override
    public List<UsageEntry> list(UsageQuery query) {
        return statements.run(rows -> fitting(rows, query)
                .sorted(Comparator.comparing((UsageEntry entry) -> entry.usage().occurredAt())
                        .thenComparing(UsageEntry::id))
                .limit(query.limit())
                .toList());
    }

    @Override
    public UsageOutboxSummary summary() {
        return statements.run(rows -> {
            List<UsageEntry> pending = fitting(rows, UsageQuery.all().ofStatus(UsageStatus.PENDING))
                    .toList();
            return new UsageOutboxSummary(
                    pending.size(),
                    pending.stream().filter(entry -> entry.attempts() > 0).count(),
                    fitting(rows, UsageQuery.dead()).count(),
                    pending.stream()
                            .map(InMemoryUsage::nextAttempt)
                            .min(Comparator.naturalOrder())
                            .orElse(null));
        });
    }

    @Override
    public int retryDead(UsageQuery query, Instant now) {
        return statements.run(rows -> {
            List<UsageEntry> dead =
                    fitting(rows, query.ofStatus(UsageStatus.DEAD)).toList();
            dead.forEach(entry -> rows.put(
                    entry.id(), new UsageEntry(entry.id(), entry.usage(), UsageStatus.PENDING, 0, now, null, null)));
            return dead.size();
        });
    }

    @Override
    public boolean discardDead(String id) {
        return statements.run(rows -> {
            UsageEntry entry = rows.get(id);
            return entry != null
                    && entry.status() == UsageStatus.DEAD
                    && rows.put(id, withStatus(entry, UsageStatus.DISCARDED)) != null;
        });
    }

    @Override
    public int forget(Instant before) {
        return statements.run(rows -> {
            int size = rows.size();
            rows.values()
                    .removeIf(entry -> entry.usage().occurredAt().isBefore(before)
                            && (entry.status() == UsageStatus.SENT || entry.status() == UsageStatus.DISCARDED));
            return size - rows.size();
        });
    }

    private static Stream<UsageEntry> fitting(Map<String, UsageEntry> rows, UsageQuery query) {
        return rows.values().stream().filter(query::fits);
    }

    private static UsageEntry withStatus(UsageEntry entry, UsageStatus status) {
        return new UsageEntry(
                entry.id(),
                entry.usage(),
                status,
                entry.attempts(),
                entry.nextAttemptAt(),
                entry.unsureSince(),
                entry.error());
    }

    private static Instant nextAttempt(@Nullable UsageEntry entry) {
        return Objects.requireNonNull(Objects.requireNonNull(entry).nextAttemptAt());
    }
}
