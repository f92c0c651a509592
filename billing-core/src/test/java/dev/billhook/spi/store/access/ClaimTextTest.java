package dev.billhook.spi.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.BillingException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.claim.Claim;
import dev.billhook.grant.Grant;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.AnyFacts;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D2 A claim as text")
class ClaimTextTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    @DisplayName("D2 tells what access follows from and nothing else")
    void form() {
        Claim claim = new Claim.OfSubscription(
                "sub_1",
                START,
                SubscriptionStatus.PAST_DUE,
                false,
                START.plusSeconds(60),
                null,
                null,
                List.of(new Claim.Line(PlanKey.of("team-monthly"), 7, "first")));

        assertThat(ClaimText.write(claim))
                .isEqualTo("SUBSCRIPTION|sub_1|1767225600|PAST_DUE|0|1767225660|||team-monthly|7|1|first|");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 20_261_123})
    @DisplayName("D2 any claim is read as it was written")
    void roundTrip(long seed) {
        AnyFacts any = new AnyFacts(AccountRef.of("user", "1"), new Random(seed));
        for (int i = 0; i < 2_000; i++) {
            assertThat(any.facts().claims())
                    .allSatisfy(claim ->
                            assertThat(ClaimText.read(ClaimText.write(claim))).isEqualTo(claim));
        }
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("D9 so is one with any signs in the host's own words, and with a time that has a fraction")
    void hostsWords(String words) {
        Claim claim = new Claim.OfGrant(
                words, START.plusNanos(123_456_000), new Grant.What.OfFeature(words), START.minusNanos(1), null);

        assertThat(ClaimText.read(ClaimText.write(claim))).isEqualTo(claim);
        assertThat(ClaimText.write(claim)).doesNotContain("\0");
    }

    private static Stream<String> hostsWords() {
        return Stream.of("", "|", "\\", "\\|", "||\\\\", "\0", "0\\0\0|0", "a|b", "Prüfung ✓ 𝄞", "\n", "-1", "Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SUBSCRIPTION|sub_1|",
                "SUBSCRIPTION|sub_1|x|ACTIVE|0||||",
                "SUBSCRIPTION|sub_1||ACTIVE|0||||",
                "SUBSCRIPTION|sub_1|1767225600|PAST_DUE|0||||",
                "SUBSCRIPTION|sub_1|1767225600|CANCELED|0||||",
                "SUBSCRIPTION|sub_1|1767225600|ACTIVE|0||||team-monthly|7|1|first",
                "SUBSCRIPTION|sub\\",
                "LOAN|l_1|1767225600|"
            })
    @DisplayName("D2 anything else is refused, and not taken for no access")
    void unreadable(String text) {
        assertThatThrownBy(() -> ClaimText.read(text))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("newer version");
    }
}
