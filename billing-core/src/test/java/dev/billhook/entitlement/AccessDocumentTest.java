package dev.billhook.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.CatalogFixture;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.DocumentTable;
import dev.billhook.testing.FactsInWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/access.md, row by row. */
@DisplayName("D2 the document tells what access follows from what")
class AccessDocumentTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "1");
    private static final Instant START = SubscriptionFixture.START;
    private static final Instant GRACE_END = START.plus(Duration.ofDays(14));
    private static final Instant NOW = START.plus(Duration.ofDays(10));
    private static final Instant END = START.plus(Duration.ofDays(12));
    private static final AccessRules RULES = new AccessRules(CatalogFixture.catalog(), AccessPolicy.STANDARD);

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    @DisplayName("D2 what gives which state")
    void access(String has, AccessState state, AccessReason reason, NextStep nextStep, String until) {
        Entitlements decided = RULES.decide(ACCOUNT, facts(has), at(has));

        assertThat(decided.state()).isEqualTo(state);
        assertThat(decided.reason()).isEqualTo(reason);
        assertThat(decided.nextStep()).isEqualTo(nextStep);
        assertThat(decided.validUntil())
                .isEqualTo(
                        switch (until) {
                            case "end" -> END;
                            case "grace" -> GRACE_END;
                            default -> null;
                        });
    }

    static Stream<Arguments> access() {
        List<List<String>> rows = DocumentTable.rows("access.md", "access");
        assertThat(rows).hasSizeGreaterThan(20);
        return rows.stream()
                .map(row -> Arguments.of(
                        row.get(0),
                        AccessState.valueOf(row.get(1)),
                        AccessReason.valueOf(row.get(2)),
                        NextStep.valueOf(row.get(3)),
                        row.get(4)));
    }

    private static Instant at(String has) {
        return has.contains("past its end") ? END : has.contains("grace over") ? GRACE_END : NOW;
    }

    private static AccessFacts facts(String has) {
        return new FactsInWords(ACCOUNT, START, END).read(has, (words, others) -> subscription(words));
    }

    private static Subscription subscription(String text) {
        String status = text.split(",")[0].replace("late", "past_due");
        SubscriptionFixture fixture = SubscriptionFixture.on("pro-monthly").in(SubscriptionStatus.ofWire(status));
        if (text.contains("ending") || text.contains("past its end")) {
            fixture.endingAt(END);
        }
        return fixture.build().toBuilder()
                .pause(text.contains("collection paused") ? CollectionPause.with(CollectionPause.Behavior.VOID) : null)
                .build();
    }
}
