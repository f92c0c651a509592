package dev.billhook.entitlement;

import static dev.billhook.subscription.SubscriptionFixture.END;
import static dev.billhook.subscription.SubscriptionFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.CatalogFixture;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessPolicy.Meaning;
import dev.billhook.entitlement.AccessPolicy.Situation;
import dev.billhook.grant.Grant;
import dev.billhook.purchase.Purchase;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.AnyFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D2 the access state is a pure function of subscriptions, policy and time")
class AccessRulesTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "1");
    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final AccessPolicy POLICY = new AccessPolicy(Duration.ofDays(14), Duration.ofDays(60));
    private static final AccessRules RULES = new AccessRules(CatalogFixture.catalog(), POLICY);
    private static final Grant.Audit GIVEN = new Grant.Audit("root", "press", START);
    private static final Instant GRACE_END = START.plus(Duration.ofDays(14));

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource({
        "ACTIVE, ACTIVE, NOTHING",
        "TRIALING, TRIALING, NOTHING",
        "PAST_DUE, GRACE, UPDATE_PAYMENT_METHOD",
        "UNPAID, READ_ONLY, UPDATE_PAYMENT_METHOD",
        "PAUSED, READ_ONLY, UPDATE_PAYMENT_METHOD",
        "CANCELED, READ_ONLY, CHOOSE_PLAN",
        "INCOMPLETE, NONE, UPDATE_PAYMENT_METHOD",
        "INCOMPLETE_EXPIRED, NONE, CHOOSE_PLAN",
        "UNKNOWN, NONE, CHOOSE_PLAN"
    })
    @DisplayName("D2 each status gives its state and next step")
    void statuses(SubscriptionStatus status, AccessState state, NextStep nextStep) {
        Entitlements decided =
                decide(NOW, SubscriptionFixture.on("pro-monthly").in(status).build());

        assertThat(decided.state()).isEqualTo(state);
        assertThat(decided.nextStep()).isEqualTo(nextStep);
        assertThat(decided.allows("transcripts")).isEqualTo(state.full());
        assertThat(decided.writable()).isEqualTo(state.full());
        assertThat(decided.readable()).isEqualTo(state.full() || state == AccessState.READ_ONLY);
    }

    @Test
    @DisplayName("D2 an account without a subscription must choose a plan")
    void none() {
        Entitlements decided = decide(NOW);

        assertThat(decided)
                .isEqualTo(new Entitlements(
                        ACCOUNT,
                        AccessState.NONE,
                        List.of(),
                        Set.of(),
                        Map.of(),
                        List.of(),
                        AccessReason.NOTHING_BOUGHT,
                        NextStep.CHOOSE_PLAN,
                        null));
        assertThat(decided.readable()).isFalse();
    }

    @Test
    @DisplayName("D2 a payment that never came gives no plan")
    void incompleteGivesNoPlan() {
        assertThat(decide(
                                NOW,
                                SubscriptionFixture.on("pro-monthly")
                                        .in(SubscriptionStatus.INCOMPLETE)
                                        .build())
                        .plans())
                .isEmpty();
    }

    @Test
    @DisplayName("D2 a late subscription that was to end meanwhile is not asked to pay again, but to choose")
    void lateAndEnded() {
        Subscription late = SubscriptionFixture.on("pro-monthly")
                .in(SubscriptionStatus.PAST_DUE)
                .endingAt(NOW)
                .build();

        assertThat(decide(NOW.minusSeconds(1), late).nextStep()).isEqualTo(NextStep.UPDATE_PAYMENT_METHOD);
        assertThat(decide(NOW, late).nextStep()).isEqualTo(NextStep.CHOOSE_PLAN);
    }

    @ParameterizedTest(name = "{0} at {2} is {3}")
    @MethodSource
    @DisplayName("D2 D3 boundaries belong to what follows them, and the answer tells when it ends")
    void boundaries(
            String what, Subscription subscription, Instant at, AccessState state, @Nullable Instant validUntil) {
        Entitlements decided = decide(at, subscription);

        assertThat(decided.state()).isEqualTo(state);
        assertThat(decided.validUntil()).isEqualTo(validUntil);
    }

    static Stream<Arguments> boundaries() {
        Subscription ending =
                SubscriptionFixture.on("pro-monthly").endingWithPeriod().build();
        Subscription trialEnding = SubscriptionFixture.on("pro-monthly")
                .in(SubscriptionStatus.TRIALING)
                .endingAt(NOW)
                .build();
        Subscription late = SubscriptionFixture.on("pro-monthly")
                .in(SubscriptionStatus.PAST_DUE)
                .build();
        Subscription lateEnding = SubscriptionFixture.on("pro-monthly")
                .in(SubscriptionStatus.PAST_DUE)
                .endingAt(NOW)
                .build();
        Subscription ended =
                SubscriptionFixture.on("pro-monthly").endedAt(START).build();
        Instant closing = END.plus(Duration.ofDays(60));
        Instant endedClosing = START.plus(Duration.ofDays(60));
        return Stream.of(
                Arguments.of("ending", ending, END.minusSeconds(1), AccessState.ACTIVE, END),
                Arguments.of("ending", ending, END, AccessState.READ_ONLY, closing),
                Arguments.of("ending", ending, closing.minusSeconds(1), AccessState.READ_ONLY, closing),
                Arguments.of("ending", ending, closing, AccessState.CLOSED, null),
                Arguments.of("trial ending", trialEnding, NOW.minusSeconds(1), AccessState.TRIALING, NOW),
                Arguments.of("trial ending", trialEnding, NOW, AccessState.READ_ONLY, NOW.plus(Duration.ofDays(60))),
                Arguments.of("late", late, GRACE_END.minusSeconds(1), AccessState.GRACE, GRACE_END),
                Arguments.of("late", late, GRACE_END, AccessState.READ_ONLY, null),
                Arguments.of("late and ending", lateEnding, NOW.minusSeconds(1), AccessState.GRACE, NOW),
                Arguments.of("late and ending", lateEnding, NOW, AccessState.READ_ONLY, NOW.plus(Duration.ofDays(60))),
                Arguments.of("ended", ended, endedClosing.minusSeconds(1), AccessState.READ_ONLY, endedClosing),
                Arguments.of("ended", ended, endedClosing, AccessState.CLOSED, null));
    }

    @Test
    @DisplayName("D2 a past due subscription that ends after its grace is told of the earlier of both")
    void graceBeforeEnd() {
        Subscription late = SubscriptionFixture.on("pro-monthly")
                .in(SubscriptionStatus.PAST_DUE)
                .endingAt(END)
                .build();

        assertThat(decide(NOW, late).validUntil()).isEqualTo(GRACE_END);
        assertThat(decide(GRACE_END, late).validUntil()).isEqualTo(END);
    }

    @Test
    @DisplayName("D2 without a bound on reading, an ended account is never closed")
    void readableForEver() {
        AccessRules rules = new AccessRules(CatalogFixture.catalog(), AccessPolicy.STANDARD);
        Subscription ended =
                SubscriptionFixture.on("pro-monthly").endedAt(START).build();

        Entitlements decided =
                rules.decide(ACCOUNT, AccessFacts.of(List.of(ended)), Instant.parse("2100-01-01T00:00:00Z"));

        assertThat(decided.state()).isEqualTo(AccessState.READ_ONLY);
        assertThat(decided.validUntil()).isNull();
        assertThat(decided.plans()).containsExactly(PlanKey.of("pro-monthly"));
        assertThat(decided.features()).isEmpty();
        assertThat(decided.limits()).isEmpty();
    }

    @Test
    @DisplayName("D2 an end without a date is counted from the cancellation, else from the start")
    void endWithoutDate() {
        Subscription canceled = SubscriptionFixture.on("pro-monthly")
                .in(SubscriptionStatus.CANCELED)
                .canceledAt(NOW)
                .build();
        Subscription bare = SubscriptionFixture.on("pro-monthly")
                .in(SubscriptionStatus.CANCELED)
                .build();

        assertThat(decide(NOW, canceled).validUntil()).isEqualTo(NOW.plus(Duration.ofDays(60)));
        assertThat(decide(NOW, bare).validUntil()).isEqualTo(START.plus(Duration.ofDays(60)));
    }

    @Test
    @DisplayName("C21 features and limits are joined over all full subscriptions, limits counted by units")
    void joined() {
        Subscription pro = SubscriptionFixture.on("pro-monthly").build();
        Subscription team =
                SubscriptionFixture.ofId("sub_2").with("team-monthly", 7).build();
        Subscription ended = SubscriptionFixture.on("api").endedAt(START).build();

        Entitlements decided = decide(NOW, ended, pro, team);

        assertThat(decided.state()).isEqualTo(AccessState.ACTIVE);
        assertThat(decided.plans()).containsExactly(PlanKey.of("pro-monthly"), PlanKey.of("team-monthly"));
        assertThat(decided.features()).containsExactlyInAnyOrder("player", "transcripts", "roles");
        assertThat(decided.limits())
                .containsOnly(
                        Map.entry("episodes", Limit.unlimited()),
                        Map.entry("storage-gb", Limit.of(50)),
                        Map.entry("seats", Limit.of(7)));
    }

    @Test
    @DisplayName("C3 lines that are not the catalog's give nothing and do no harm")
    void foreignLines() {
        Subscription subscription = SubscriptionFixture.ofId("sub_1")
                .with(null, 5)
                .with("retired-plan", 1)
                .build();

        Entitlements decided = decide(NOW, subscription);

        assertThat(decided.state()).isEqualTo(AccessState.ACTIVE);
        assertThat(decided.features()).isEmpty();
        assertThat(decided.plans()).containsExactly(PlanKey.of("retired-plan"));
    }

    @Test
    @DisplayName("D2 of several subscriptions the best state counts, in any order")
    void best() {
        Subscription ended =
                SubscriptionFixture.on("pro-monthly").endedAt(START).build();
        Subscription late = SubscriptionFixture.ofId("sub_2")
                .with("hobby-monthly", 1)
                .in(SubscriptionStatus.PAST_DUE)
                .build();

        assertThat(decide(NOW, ended, late).state()).isEqualTo(AccessState.GRACE);
        assertThat(decide(NOW, late, ended).state()).isEqualTo(AccessState.GRACE);
        assertThat(decide(NOW, late, ended).features()).containsExactly("player");
    }

    @Test
    @DisplayName("D2 durations of a policy are not negative")
    void policy() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AccessPolicy(Duration.ofDays(-1), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new AccessPolicy(Duration.ZERO, Duration.ofSeconds(-1)));
    }

    @ParameterizedTest(name = "{0} meaning {2}: {3}")
    @MethodSource
    @DisplayName("D2 what a waiting subscription means is the host's to say")
    void situations(
            Situation situation, Subscription waiting, Meaning meaning, AccessState state, AccessReason reason) {
        AccessRules rules = new AccessRules(CatalogFixture.catalog(), POLICY.with(situation, meaning));

        Entitlements decided = rules.decide(ACCOUNT, AccessFacts.of(List.of(waiting)), GRACE_END);

        assertThat(decided.state()).isEqualTo(state);
        assertThat(decided.reason()).isEqualTo(reason);
    }

    static Stream<Arguments> situations() {
        Map<Situation, Subscription> waiting = Map.of(
                Situation.FIRST_PAYMENT_OPEN, in(SubscriptionStatus.INCOMPLETE),
                Situation.GRACE_OVER, in(SubscriptionStatus.PAST_DUE),
                Situation.UNPAID, in(SubscriptionStatus.UNPAID),
                Situation.TRIAL_WITHOUT_PAYMENT_METHOD, in(SubscriptionStatus.PAUSED),
                Situation.COLLECTION_PAUSED,
                        in(SubscriptionStatus.ACTIVE).toBuilder()
                                .pause(CollectionPause.with(CollectionPause.Behavior.VOID))
                                .build());
        Map<Situation, AccessReason> reasons = Map.of(
                Situation.FIRST_PAYMENT_OPEN, AccessReason.FIRST_PAYMENT_OPEN,
                Situation.GRACE_OVER, AccessReason.PAYMENT_MISSING,
                Situation.UNPAID, AccessReason.PAYMENT_MISSING,
                Situation.TRIAL_WITHOUT_PAYMENT_METHOD, AccessReason.TRIAL_WITHOUT_PAYMENT_METHOD,
                Situation.COLLECTION_PAUSED, AccessReason.COLLECTION_PAUSED);
        Map<Meaning, AccessState> states = Map.of(
                Meaning.NOTHING, AccessState.NONE,
                Meaning.READ_ONLY, AccessState.READ_ONLY,
                Meaning.GRACE, AccessState.GRACE,
                Meaning.FULL, AccessState.ACTIVE);
        return Stream.of(Situation.values())
                .flatMap(situation -> Stream.of(Meaning.values())
                        .map(meaning -> Arguments.of(
                                situation,
                                waiting.get(situation),
                                meaning,
                                states.get(meaning),
                                situation == Situation.COLLECTION_PAUSED && meaning == Meaning.FULL
                                        ? AccessReason.SUBSCRIBED
                                        : reasons.get(situation))));
    }

    private static Subscription in(SubscriptionStatus status) {
        return SubscriptionFixture.on("pro-monthly").in(status).build();
    }

    @Test
    @DisplayName("D2 a plan can have a grace of its own; of several lines the longest counts")
    void graceOfPlan() {
        AccessRules rules = new AccessRules(
                CatalogFixture.catalog(),
                POLICY.withGrace(PlanKey.of("pro-monthly"), Duration.ofDays(20))
                        .withGrace(PlanKey.of("team-monthly"), Duration.ofDays(3)));
        Subscription late = SubscriptionFixture.on("pro-monthly")
                .with("team-monthly", 2)
                .in(SubscriptionStatus.PAST_DUE)
                .build();

        assertThat(rules.decide(ACCOUNT, AccessFacts.of(List.of(late)), GRACE_END)
                        .validUntil())
                .isEqualTo(START.plus(Duration.ofDays(20)));
    }

    @Test
    @DisplayName("D4 what is paid once gives its plan for ever, until it is paid back")
    void purchases() {
        Purchase bought = new Purchase("cs_1", ACCOUNT, PlanKey.of("pro-monthly"), 1, "pi_1", START, null);
        Purchase revoked = new Purchase(
                "cs_1",
                ACCOUNT,
                PlanKey.of("pro-monthly"),
                1,
                "pi_1",
                START,
                new Purchase.Revocation(Purchase.Reason.DISPUTED, NOW));

        Entitlements decided = RULES.decide(
                ACCOUNT, new AccessFacts(List.of(), List.of(bought), List.of()), Instant.parse("2100-01-01T00:00:00Z"));
        Entitlements after = RULES.decide(ACCOUNT, new AccessFacts(List.of(), List.of(revoked), List.of()), NOW);

        assertThat(decided.state()).isEqualTo(AccessState.ACTIVE);
        assertThat(decided.reason()).isEqualTo(AccessReason.PURCHASED);
        assertThat(decided.validUntil()).isNull();
        assertThat(decided.allows("transcripts")).isTrue();
        assertThat(after.state()).isEqualTo(AccessState.READ_ONLY);
        assertThat(after.reason()).isEqualTo(AccessReason.REVOKED);
        assertThat(after.features()).isEmpty();
    }

    @Test
    @DisplayName("D9 a plan that was given counts from its beginning to its end, and can be read afterwards")
    void grants() {
        Instant until = NOW.plus(Duration.ofDays(10));
        Grant grant =
                new Grant("g", ACCOUNT, new Grant.What.OfPlan(PlanKey.of("team-monthly"), 4), NOW, until, GIVEN, null);
        AccessFacts facts = new AccessFacts(List.of(), List.of(), List.of(grant));

        assertThat(RULES.decide(ACCOUNT, facts, NOW.minusSeconds(1)))
                .returns(AccessState.NONE, Entitlements::state)
                .returns(NOW, Entitlements::validUntil);
        assertThat(RULES.decide(ACCOUNT, facts, NOW))
                .returns(AccessState.ACTIVE, Entitlements::state)
                .returns(AccessReason.GRANTED, Entitlements::reason)
                .returns(Limit.of(4), given -> given.limits().get("seats"))
                .returns(until, Entitlements::validUntil);
        assertThat(RULES.decide(ACCOUNT, facts, until))
                .returns(AccessState.READ_ONLY, Entitlements::state)
                .returns(AccessReason.ENDED, Entitlements::reason);
    }

    @Test
    @DisplayName("D9 a grant that was taken back counts no longer, and one taken back before its beginning never")
    void grantsTakenBack() {
        Grant.What pro = new Grant.What.OfPlan(PlanKey.of("pro-monthly"), 1);
        Grant taken = new Grant("g", ACCOUNT, pro, START, null, GIVEN, new Grant.Audit("root", "mistake", NOW));
        Grant never = new Grant("g", ACCOUNT, pro, END, null, GIVEN, new Grant.Audit("root", "mistake", NOW));

        assertThat(state(NOW.minusSeconds(1), taken)).isEqualTo(AccessState.ACTIVE);
        assertThat(state(NOW, taken)).isEqualTo(AccessState.READ_ONLY);
        assertThat(state(END, never)).isEqualTo(AccessState.NONE);
    }

    @Test
    @DisplayName("D9 a feature that was given counts on top of anything, also of nothing, and leaves the state alone")
    void grantedFeature() {
        Grant beta = new Grant("g", ACCOUNT, new Grant.What.OfFeature("beta"), START, END, GIVEN, null);

        Entitlements decided = RULES.decide(ACCOUNT, new AccessFacts(List.of(), List.of(), List.of(beta)), NOW);

        assertThat(decided.state()).isEqualTo(AccessState.NONE);
        assertThat(decided.features()).containsExactly("beta");
        assertThat(decided.nextStep()).isEqualTo(NextStep.CHOOSE_PLAN);
        assertThat(decided.validUntil()).isEqualTo(END);
    }

    private static AccessState state(Instant now, Grant grant) {
        return RULES.decide(ACCOUNT, new AccessFacts(List.of(), List.of(), List.of(grant)), now)
                .state();
    }

    @Test
    @DisplayName("C22 what add-ons allow comes on top of the tier's limit")
    void addOnsAdd() {
        Subscription subscription =
                SubscriptionFixture.on("pro-monthly").with("storage-monthly", 2).build();

        assertThat(decide(NOW, subscription).limits().get("storage-gb")).isEqualTo(Limit.of(70));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 20_261_120, 31_337})
    @DisplayName(
            "D2 for any subscriptions: until validUntil the answer stays the same, and a cached one is never wrong")
    void validUntilHolds(long seed) {
        AnyFacts any = new AnyFacts(ACCOUNT, new Random(seed));
        for (int i = 0; i < 2_000; i++) {
            AccessFacts facts = any.facts();
            Instant now = any.instant();
            Entitlements decided = RULES.decide(ACCOUNT, facts, now);
            Instant until = Objects.requireNonNullElse(decided.validUntil(), now.plus(Duration.ofDays(4_000)));

            assertThat(until).isAfter(now);
            long seconds = Duration.between(now, until).toSeconds();
            for (long after : new long[] {1, seconds / 2, seconds - 1}) {
                if (after < seconds) {
                    assertThat(RULES.decide(ACCOUNT, facts, now.plusSeconds(after)))
                            .isEqualTo(decided);
                }
            }
        }
    }

    private static Entitlements decide(Instant now, Subscription... subscriptions) {
        return RULES.decide(ACCOUNT, AccessFacts.of(List.of(subscriptions)), now);
    }
}
