package dev.billhook.internal.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.entitlement.NextStep;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D2 remembered answers")
class EntitlementCacheTest {
    private static final AccountRef ADA = AccountRef.of("user", "ada");
    private static final long NOW = Instant.parse("2026-01-10T00:00:00Z").toEpochMilli();

    private final EntitlementCache cache = new EntitlementCache(new EntitlementCaching(1024, Duration.ofSeconds(5)));

    @Test
    @DisplayName("D2 an answer counts for as long as it may be stale, and not before it was read")
    void staleness() {
        Entitlements answer = answer(ADA, AccessState.ACTIVE, null);
        cache.put(answer, cache.stamp(ADA), NOW);

        assertThat(cache.find(ADA, NOW, NOW)).isEqualTo(answer);
        assertThat(cache.find(ADA, NOW + 4_999, NOW + 4_999)).isEqualTo(answer);
        assertThat(cache.find(ADA, NOW + 5_000, NOW + 5_000)).isNull();
        assertThat(cache.find(ADA, NOW - 1, NOW - 1)).isNull();
        assertThat(cache.find(AccountRef.of("team", "ada"), NOW, NOW)).isNull();
    }

    @Test
    @DisplayName("D2 no answer counts beyond the instant from which it may be another")
    void validUntil() {
        cache.put(answer(ADA, AccessState.GRACE, Instant.ofEpochMilli(NOW + 1_000)), cache.stamp(ADA), NOW);

        assertThat(cache.find(ADA, NOW + 999, NOW + 999)).isNotNull();
        assertThat(cache.find(ADA, NOW + 1_000, NOW + 1_000)).isNull();
    }

    @Test
    @DisplayName("D2 a change that commits while an answer is on its way makes the answer worthless")
    void overtaken() {
        int stamp = cache.stamp(ADA);
        Entitlements old = answer(ADA, AccessState.ACTIVE, null);

        cache.changing(ADA, NOW);
        cache.changed(ADA);
        cache.put(old, stamp, NOW);

        assertThat(cache.find(ADA, NOW, NOW)).isNull();
    }

    @Test
    @DisplayName("D2 what was read before a transaction's commit is forgotten at its commit")
    void readBeforeCommit() {
        cache.changing(ADA, NOW);
        cache.put(answer(ADA, AccessState.ACTIVE, null), cache.stamp(ADA), NOW);
        assertThat(cache.find(ADA, NOW, NOW)).isNotNull();
        assertThat(cache.mayBeChanging(ADA, NOW)).isTrue();

        cache.changed(ADA);

        assertThat(cache.find(ADA, NOW, NOW)).isNull();
    }

    @Test
    @DisplayName("D2 equal parts of answers are kept once")
    void shared() {
        AccountRef bob = AccountRef.of("user", "bob");
        cache.put(answer(ADA, AccessState.ACTIVE, null), cache.stamp(ADA), NOW);
        cache.put(answer(bob, AccessState.ACTIVE, null), cache.stamp(bob), NOW);

        Entitlements ada = cache.find(ADA, NOW, NOW);
        Entitlements other = cache.find(bob, NOW, NOW);

        assertThat(ada).isNotNull();
        assertThat(other).isNotNull();
        assertThat(other.features()).isSameAs(ada.features());
        assertThat(other.limits()).isSameAs(ada.limits());
        assertThat(other.plans()).isSameAs(ada.plans());
    }

    @ParameterizedTest(name = "{0} accounts")
    @ValueSource(ints = {1, 5, 100, 1_000, 10_000, 100_000})
    @DisplayName(
            "D2 of as many accounts as are to be remembered nearly all are, and never more than four times as many")
    void remembersAsManyAsToldTo(int accounts) {
        EntitlementCache table = new EntitlementCache(new EntitlementCaching(accounts, Duration.ofDays(1)));
        List<AccountRef> asked = IntStream.range(0, accounts * 8)
                .mapToObj(number -> AccountRef.of("user", "u" + number))
                .toList();
        List<AccountRef> usual = asked.subList(0, accounts);

        usual.forEach(account -> table.put(answer(account, AccessState.ACTIVE, null), table.stamp(account), NOW));
        assertThat(usual.stream().filter(account -> table.find(account, NOW, NOW) != null))
                .hasSizeGreaterThanOrEqualTo(accounts * 98 / 100);

        asked.forEach(account -> table.put(answer(account, AccessState.ACTIVE, null), table.stamp(account), NOW));
        assertThat(asked.stream().filter(account -> table.find(account, NOW, NOW) != null))
                .hasSizeBetween(Math.min(accounts, 4), Math.max(accounts * 4, 32));
    }

    @Test
    @DisplayName("D2 where there is no room for all that fall together, the oldest answer makes way")
    void oldestMakesWay() {
        EntitlementCache small = new EntitlementCache(new EntitlementCaching(1, Duration.ofDays(1)));
        List<AccountRef> many = IntStream.range(0, 100)
                .mapToObj(number -> AccountRef.of("user", "u" + number))
                .toList();
        for (int i = 0; i < many.size(); i++) {
            small.put(answer(many.get(i), AccessState.ACTIVE, null), small.stamp(many.get(i)), NOW + i);
            assertThat(small.find(many.get(i), NOW + 100, NOW + 100)).isNotNull();
        }
        assertThat(many.stream().filter(account -> small.find(account, NOW + 100, NOW + 100) != null))
                .allSatisfy(account -> assertThat(many.indexOf(account)).isGreaterThan(60));
    }

    /** Readers read at one moment and put at another, writers change at one and commit at another, in any order. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_261_123, 77})
    @DisplayName(
            "D2 whatever the interleaving of readers and writers, a remembered answer was the truth after its account's last commit")
    void interleavings(long seed) {
        Random random = new Random(seed);
        EntitlementCache small = new EntitlementCache(new EntitlementCaching(4, Duration.ofDays(1)));
        List<AccountRef> accounts = List.of(ADA, AccountRef.of("user", "bob"), AccountRef.of("user", "eve"));
        Map<AccountRef, Long> committed = new HashMap<>();
        Map<AccountRef, Reading> readings = new HashMap<>();
        Set<AccountRef> open = new HashSet<>();
        int hits = 0;
        for (int i = 0; i < 20_000; i++) {
            AccountRef account = accounts.get(random.nextInt(accounts.size()));
            switch (random.nextInt(5)) {
                case 0 -> readings.put(account, new Reading(small.stamp(account), committed.getOrDefault(account, 0L)));
                case 1 -> {
                    Reading reading = readings.remove(account);
                    if (reading != null) {
                        small.put(counting(account, reading.version()), reading.stamp(), NOW);
                    }
                }
                case 2 -> {
                    small.changing(account, NOW);
                    open.add(account);
                }
                case 3 -> {
                    if (open.remove(account)) {
                        committed.merge(account, 1L, Long::sum);
                        small.changed(account);
                    }
                }
                default -> {
                    Entitlements found = small.find(account, NOW, NOW);
                    if (found != null) {
                        hits++;
                        assertThat(found.remaining("version", 0)).isEqualTo(committed.getOrDefault(account, 0L));
                    }
                }
            }
        }
        assertThat(hits).as("answers that were remembered").isGreaterThan(100);
    }

    private record Reading(int stamp, long version) {}

    private static Entitlements counting(AccountRef account, long version) {
        return new Entitlements(
                account,
                AccessState.ACTIVE,
                List.of(),
                Set.of(),
                Map.of("version", Limit.of(version)),
                List.of(),
                AccessReason.SUBSCRIBED,
                NextStep.NOTHING,
                null);
    }

    private static Entitlements answer(AccountRef account, AccessState state, @Nullable Instant validUntil) {
        return new Entitlements(
                account,
                state,
                List.of(PlanKey.of("pro-monthly")),
                Set.of("transcripts"),
                Map.of("episodes", Limit.of(10)),
                List.of(),
                AccessReason.SUBSCRIBED,
                NextStep.NOTHING,
                validUntil);
    }
}
