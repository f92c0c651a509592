package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.account.AccountRef;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.usage.UsageQuery;
import dev.billhook.usage.UsageRecord;
import dev.billhook.usage.UsageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of usage does. */
abstract class UsageStoreContract extends StoreContract {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String CALLS = "api_calls";

    private static UsageEntry entry(AccountRef account, String meter, String key, long quantity, Instant at) {
        return UsageEntry.recorded(new UsageRecord(account, meter, quantity, at, key), NOW);
    }

    private static UsageEntry entry(String key) {
        return entry(ALICE, CALLS, key, 7, NOW);
    }

    private static UsageEntry with(
            UsageEntry entry,
            UsageStatus status,
            int attempts,
            @Nullable Instant next,
            @Nullable Instant unsure,
            @Nullable String error) {
        return new UsageEntry(entry.id(), entry.usage(), status, attempts, next, unsure, error);
    }

    private UsageEntry put(UsageEntry entry, UsageStatus status) {
        stores.usage().insertAll(List.of(entry));
        UsageEntry changed = with(entry, status, 0, status == UsageStatus.PENDING ? NOW : null, null, null);
        stores.usage().update(changed);
        return changed;
    }

    @Test
    @DisplayName("C8 a key counts once for an account and a meter, and only there")
    void once() {
        UsageEntry first = entry("k1");
        assertThat(stores.usage().insertAll(List.of(first))).containsExactly(first.id());

        assertThat(stores.usage().insertAll(List.of(entry(ALICE, CALLS, "k1", 99, day(1)))))
                .isEmpty();
        assertThat(stores.usage()
                        .insertAll(List.of(
                                entry(BOB, CALLS, "k1", 1, NOW), entry(ALICE, "storage", "k1", 2, NOW), entry("k2"))))
                .hasSize(3);
        assertThat(stores.usage().list(UsageQuery.all().of(ALICE).ofMeter(CALLS)))
                .containsExactlyInAnyOrder(first, entry("k2"));
    }

    @Test
    @DisplayName("C8 the same key twice in one call counts once as well")
    void onceInOneCall() {
        assertThat(stores.usage().insertAll(List.of(entry("k1"), entry("k2")))).hasSize(2);
        assertThat(stores.usage().insertAll(List.of(entry("k2"), entry("k3"), entry("k1"))))
                .containsExactly(entry("k3").id());
    }

    @Test
    @DisplayName("C8 usage is committed with the host's transaction, or not at all")
    void together() {
        assertThatThrownBy(() -> stores.transactor().run(() -> {
                    stores.usage().insertAll(List.of(entry("k1"), entry("k2")));
                    throw new IllegalStateException("the host's own work fails");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(stores.usage().list(UsageQuery.all())).isEmpty();

        stores.transactor().run(() -> stores.usage().insertAll(List.of(entry("k1"))));
        assertThat(stores.usage().list(UsageQuery.all())).containsExactly(entry("k1"));
    }

    @Test
    @DisplayName("C8 claimed usage is hidden from other nodes while the lease lasts, and noted as maybe reported")
    void claim() {
        stores.usage().insertAll(List.of(entry("k1")));

        assertThat(stores.usage().claimDue(NOW.minusSeconds(1), LEASE, 10)).isEmpty();
        assertThat(stores.usage().claimDue(NOW, LEASE, 10))
                .as("as it was before")
                .containsExactly(entry("k1"));
        assertThat(otherNode().usage().claimDue(NOW.plusSeconds(1), LEASE, 10)).isEmpty();

        Instant after = NOW.plus(LEASE);
        UsageEntry again = with(entry("k1"), UsageStatus.PENDING, 0, after, NOW, null);
        assertThat(stores.usage().claimDue(after, LEASE, 10)).containsExactly(again);
        assertThat(stores.usage().list(UsageQuery.all()))
                .as("unsure since the first time")
                .containsExactly(with(entry("k1"), UsageStatus.PENDING, 0, after.plus(LEASE), NOW, null));
    }

    @Test
    @DisplayName("C8 usage due for longest goes first, as much as asked for")
    void claimOrder() {
        List<UsageEntry> entries = IntStream.range(0, 5)
                .mapToObj(i -> with(entry("k" + i), UsageStatus.PENDING, 0, NOW.minusSeconds(i), null, null))
                .toList();
        stores.usage().insertAll(entries);
        entries.forEach(stores.usage()::update);

        assertThat(stores.usage().claimDue(NOW, LEASE, 2)).containsExactly(entries.get(4), entries.get(3));
        assertThat(stores.usage().claimDue(NOW, LEASE, 10))
                .containsExactly(entries.get(2), entries.get(1), entries.get(0));
    }

    @Test
    @DisplayName("C8 what became of a record is kept: refused, sent, dead with its reason")
    void update() {
        stores.usage().insertAll(List.of(entry("k1")));
        UsageEntry refused = with(entry("k1"), UsageStatus.PENDING, 1, day(1), day(0), "HTTP 400");
        stores.usage().update(refused);
        assertThat(stores.usage().list(UsageQuery.all())).containsExactly(refused);

        UsageEntry sent = with(entry("k1"), UsageStatus.SENT, 1, null, null, null);
        stores.usage().update(sent);
        assertThat(stores.usage().list(UsageQuery.all())).containsExactly(sent);
        assertThat(stores.usage().claimDue(day(9), LEASE, 10)).isEmpty();
    }

    @Test
    @DisplayName("C8 sums of a time: by status, its first moment in, its last one out, corrections subtracted")
    void sums() {
        Instant from = day(0);
        Instant until = day(30);
        put(entry(ALICE, CALLS, "before", 1000, from.minusNanos(1000)), UsageStatus.SENT);
        put(entry(ALICE, CALLS, "first", 1, from), UsageStatus.SENT);
        put(entry(ALICE, CALLS, "last", 20, until.minusNanos(1000)), UsageStatus.SENT);
        put(entry(ALICE, CALLS, "after", 1000, until), UsageStatus.SENT);
        put(entry(ALICE, CALLS, "less", -5, day(3)), UsageStatus.PENDING);
        put(entry(ALICE, CALLS, "dead", 300, day(4)), UsageStatus.DEAD);
        put(entry(BOB, CALLS, "bobs", 1000, day(5)), UsageStatus.SENT);
        put(entry(ALICE, "storage", "other", 1000, day(5)), UsageStatus.SENT);

        assertThat(stores.usage().sums(ALICE, CALLS, from, until))
                .isEqualTo(Map.of(UsageStatus.SENT, 21L, UsageStatus.PENDING, -5L, UsageStatus.DEAD, 300L));
        assertThat(stores.usage().sums(BOB, "storage", from, until)).isEmpty();
    }

    @Test
    @DisplayName("C8 what waits is counted, and how long the first has been due")
    void summary() {
        assertThat(stores.usage().summary()).isEqualTo(UsageOutboxSummary.EMPTY);
        put(entry("sent"), UsageStatus.SENT);
        put(entry("dead"), UsageStatus.DEAD);
        put(entry("new"), UsageStatus.PENDING);
        stores.usage().insertAll(List.of(entry("failing")));
        stores.usage().update(with(entry("failing"), UsageStatus.PENDING, 3, NOW.plusSeconds(9), null, "HTTP 500"));

        UsageOutboxSummary summary = stores.usage().summary();

        assertThat(summary).isEqualTo(new UsageOutboxSummary(2, 1, 1, NOW));
        assertThat(summary.lag(NOW.plusSeconds(60))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    @DisplayName("C8 an operator has dead usage reported again, of an account or a meter; sent usage stays sent")
    void retry() {
        put(entry("sent"), UsageStatus.SENT);
        stores.usage().insertAll(List.of(entry("k1")));
        stores.usage().update(with(entry("k1"), UsageStatus.DEAD, 25, null, day(0), "HTTP 400"));
        put(entry(BOB, CALLS, "k1", 1, NOW), UsageStatus.DEAD);
        put(entry(ALICE, "storage", "k1", 1, NOW), UsageStatus.DEAD);

        assertThat(stores.usage().retryDead(UsageQuery.all().of(ALICE).ofMeter(CALLS), day(1)))
                .isOne();

        assertThat(stores.usage().claimDue(day(1), LEASE, 10))
                .containsExactly(with(entry("k1"), UsageStatus.PENDING, 0, day(1), null, null));
        assertThat(stores.usage().retryDead(UsageQuery.dead(), day(1))).isEqualTo(2);
    }

    @Test
    @DisplayName("C8 an operator discards dead usage, and nothing else; its key stays taken")
    void discard() {
        UsageEntry dead = put(entry("dead"), UsageStatus.DEAD);
        UsageEntry sent = put(entry("sent"), UsageStatus.SENT);

        assertThat(stores.usage().discardDead(sent.id())).isFalse();
        assertThat(stores.usage().discardDead(dead.id())).isTrue();
        assertThat(stores.usage().discardDead(dead.id())).isFalse();

        assertThat(stores.usage().insertAll(List.of(entry("dead")))).isEmpty();
        assertThat(stores.usage().list(UsageQuery.all().ofStatus(UsageStatus.DISCARDED)))
                .extracting(UsageEntry::id)
                .containsExactly(dead.id());
        assertThat(stores.usage().retryDead(UsageQuery.dead(), NOW)).isZero();
    }

    @Test
    @DisplayName("C8 old usage is forgotten once it is sent or discarded, and never before")
    void forget() {
        put(entry(ALICE, CALLS, "sent", 1, day(1)), UsageStatus.SENT);
        put(entry(ALICE, CALLS, "discarded", 1, day(1)), UsageStatus.DISCARDED);
        UsageEntry later = put(entry(ALICE, CALLS, "later", 1, day(2)), UsageStatus.SENT);
        UsageEntry dead = put(entry(ALICE, CALLS, "dead", 1, day(1)), UsageStatus.DEAD);
        UsageEntry pending = put(entry(ALICE, CALLS, "pending", 1, day(1)), UsageStatus.PENDING);

        assertThat(stores.usage().forget(day(2))).isEqualTo(2);

        assertThat(stores.usage().list(UsageQuery.all())).containsExactlyInAnyOrder(later, dead, pending);
    }

    @Test
    @DisplayName("C8 lists tell the earliest use first, of one status or all, as many as asked for")
    void list() {
        UsageEntry late = put(entry(ALICE, CALLS, "late", 1, day(2)), UsageStatus.PENDING);
        UsageEntry early = put(entry(ALICE, CALLS, "early", 1, day(1)), UsageStatus.DEAD);

        assertThat(stores.usage().list(UsageQuery.all())).containsExactly(early, late);
        assertThat(stores.usage().list(UsageQuery.all().limit(1))).containsExactly(early);
        assertThat(stores.usage().list(UsageQuery.all().ofStatus(UsageStatus.PENDING)))
                .containsExactly(late);
        assertThat(stores.usage().list(UsageQuery.dead().of(BOB))).isEmpty();
    }
}
