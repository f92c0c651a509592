package dev.billhook.internal.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.account.AccountRef;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageRecord;
import dev.billhook.usage.UsageStatus;
import dev.billhook.webhook.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C8 What becomes of a usage record")
class UsageRulesTest {
    private static final Instant NOW = Instant.parse("2027-01-10T10:00:00Z");
    private static final AccountRef ADA = AccountRef.of("user", "ada");
    private final UsageRules rules = new UsageRules(new RetryPolicy(3, Duration.ofSeconds(5), Duration.ofHours(6)));

    private static UsageRecord usage(Instant at) {
        return new UsageRecord(ADA, "api_calls", 3, at, "k1");
    }

    private static UsageEntry entry(int attempts, @Nullable Instant unsureSince) {
        UsageRecord usage = usage(NOW.minusSeconds(60));
        return new UsageEntry(usage.id(), usage, UsageStatus.PENDING, attempts, NOW, unsureSince, null);
    }

    private static ProviderException failure(Category category) {
        return ProviderException.of(category, "no", null, null);
    }

    @ParameterizedTest
    @CsvSource({"-PT840H, true", "-PT840H1S, false", "PT0S, true", "PT5M, true", "PT5M1S, false"})
    @DisplayName("C8 what is up to 35 days old or five minutes ahead is taken, as the provider takes it")
    void time(Duration from, boolean taken) {
        UsageRecord usage = usage(NOW.plus(from));
        if (taken) {
            assertThatCode(() -> UsageRules.requireTime(usage, NOW)).doesNotThrowAnyException();
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> UsageRules.requireTime(usage, NOW))
                    .withMessageContaining("user:ada")
                    .withMessageMatching(".*(invoice item|clocks)");
        }
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    @DisplayName("C8 after a refusal the provider certainly has it not; where no answer came, nobody knows")
    void unsure(Category category) {
        UsageEntry after = rules.failed(entry(0, null), failure(category), NOW, NOW.plusSeconds(1));

        boolean unknown = category == Category.NETWORK || category == Category.PROVIDER_FAILURE;
        assertThat(after.unsureSince()).isEqualTo(unknown ? NOW : null);
        assertThat(after.status()).isEqualTo(UsageStatus.PENDING);
        assertThat(after.attempts()).isOne();
        assertThat(after.nextAttemptAt()).isBetween(NOW.plusSeconds(5), NOW.plusSeconds(7));
        assertThat(after.error()).isNotBlank();
    }

    @Test
    @DisplayName("C8 a refusal after an answer that was lost says nothing of the attempt before")
    void stillUnsure() {
        Instant before = NOW.minusSeconds(100);
        assertThat(rules.failed(entry(1, before), failure(Category.INVALID_REQUEST), NOW, NOW)
                        .unsureSince())
                .isEqualTo(before);
    }

    @Test
    @DisplayName("C8 a record that failed too often is an operator's")
    void exhausted() {
        UsageEntry dead = rules.failed(entry(2, null), failure(Category.INVALID_REQUEST), NOW, NOW);

        assertThat(dead.status()).isEqualTo(UsageStatus.DEAD);
        assertThat(dead.nextAttemptAt()).isNull();
        assertThat(dead.attempts()).isEqualTo(3);
    }

    @Test
    @DisplayName("C8 what the provider may have, but would not recognise any more, is not repeated")
    void unrecognised() {
        assertThat(rules.hopeless(entry(1, null), NOW.plus(Duration.ofDays(30))))
                .isNull();
        assertThat(rules.hopeless(entry(1, NOW), NOW.plus(UsageRules.RECOGNISED)))
                .isNull();

        UsageEntry dead =
                rules.hopeless(entry(1, NOW), NOW.plus(UsageRules.RECOGNISED).plusSeconds(1));

        assertThat(dead).isNotNull();
        assertThat(dead.status()).isEqualTo(UsageStatus.DEAD);
        assertThat(dead.unsureSince()).isEqualTo(NOW);
        assertThat(dead.error()).contains("compare before it is retried");
    }

    @Test
    @DisplayName("C8 what became too old while it waited is an operator's, and says what it waited for")
    void tooOld() {
        UsageEntry waiting = rules.withoutCustomer(entry(0, null), NOW);
        assertThat(waiting.attempts()).as("nobody was asked").isZero();
        assertThat(waiting.nextAttemptAt()).isEqualTo(NOW.plus(UsageRules.WITHOUT_CUSTOMER));

        UsageEntry dead = rules.hopeless(waiting, NOW.plus(UsageRules.OLDEST));

        assertThat(dead).isNotNull();
        assertThat(dead.error()).contains("35 days", "no customer");
    }

    @Test
    @DisplayName("C8 whose account and customer were deleted cannot be charged any more")
    void deleted() {
        UsageEntry discarded = rules.accountDeleted(entry(0, null));

        assertThat(discarded.status()).isEqualTo(UsageStatus.DISCARDED);
        assertThat(discarded.error()).contains("deleted");
    }

    @Test
    @DisplayName("C8 while the provider is away, limits the rate or refuses the key, others wait as well")
    void ailsAll() {
        assertThat(List.of(Category.values()).stream().filter(each -> UsageRules.ailsAll(failure(each))))
                .containsExactly(Category.KEY, Category.RATE_LIMITED, Category.NETWORK, Category.PROVIDER_FAILURE);
        assertThat(UsageRules.ailsAll(new IllegalStateException())).isTrue();
        assertThat(UsageRules.refused(new IllegalStateException())).isFalse();
    }

    @Test
    @DisplayName("C8 no other account, meter or key makes the same id, wherever one ends and the next begins")
    void ids() {
        List<String> parts = List.of("a", "1", "a1", "1:a", "a|b", "b", "ab");
        Set<String> ids = new HashSet<>();
        int made = 0;
        for (String account : parts) {
            for (String meter : parts) {
                for (String key : parts) {
                    ids.add(new UsageRecord(AccountRef.of("user", account), meter, 1, NOW, key).id());
                    made++;
                }
            }
        }
        assertThat(ids).hasSize(made);
        assertThat(usage(NOW).id()).isEqualTo(new UsageRecord(ADA, "api_calls", 99, NOW.plusSeconds(1), "k1").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "tab\there", "naïve"})
    @DisplayName("C8 a key is visible ASCII")
    void keys(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UsageRecord(ADA, "api_calls", 1, NOW, key))
                .withMessageContaining("visible ASCII");
    }

    @Test
    @DisplayName("C8 nothing is no usage; less than nothing takes some back")
    void quantities() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UsageRecord(ADA, "api_calls", 0, NOW, "k"));
        assertThat(new UsageRecord(ADA, "api_calls", -3, NOW, "k").quantity()).isEqualTo(-3);
        assertThatIllegalArgumentException().isThrownBy(() -> new UsageRecord(ADA, " ", 1, NOW, "k"));
    }
}
