package dev.billhook.trial;

import static dev.billhook.trial.TrialPolicy.Per.ACCOUNT;
import static dev.billhook.trial.TrialPolicy.Per.CARD;
import static dev.billhook.trial.TrialPolicy.Per.DOMAIN;
import static dev.billhook.trial.TrialPolicy.Per.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.TrialTerms;
import dev.billhook.trial.TrialPolicy.Misuse;
import dev.billhook.trial.TrialPolicy.Per;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("C9 Who gets a trial")
class TrialRulesTest {
    private static final TrialTerms TERMS = new TrialTerms(14, true);
    private static final TrialPolicy STRICT = TrialPolicy.strict();
    private static final TrialPolicy GENEROUS = new TrialPolicy(Set.of(), true, Misuse.TELL);

    private static TrialFacts facts(boolean trial, boolean subscription, Per... elsewhere) {
        return new TrialFacts(trial, subscription, Set.of(elsewhere));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(facts(true, true), STRICT, TrialRefusal.HAD_TRIAL),
                Arguments.of(facts(true, true), TrialPolicy.standard(), TrialRefusal.HAD_TRIAL),
                Arguments.of(facts(false, true), TrialPolicy.standard(), TrialRefusal.CAME_BACK),
                Arguments.of(facts(false, false, EMAIL, DOMAIN, CARD), STRICT, TrialRefusal.EMAIL_HAD_TRIAL),
                Arguments.of(facts(false, false, DOMAIN, CARD), STRICT, TrialRefusal.DOMAIN_HAD_TRIAL),
                Arguments.of(facts(false, false, CARD), STRICT, TrialRefusal.CARD_HAD_TRIAL));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("refusals")
    @DisplayName("C9 a refusal names its reason")
    void refused(TrialFacts facts, TrialPolicy policy, TrialRefusal reason) {
        assertThat(TrialRules.decide(TERMS, facts, policy)).isEqualTo(new TrialDecision.Refused(reason));
    }

    static Stream<Arguments> grants() {
        return Stream.of(
                Arguments.of(facts(false, false), STRICT),
                Arguments.of(facts(false, false, EMAIL, DOMAIN, CARD), TrialPolicy.standard()),
                Arguments.of(facts(false, true), TrialPolicy.standard().withComebackCustomers(true)),
                Arguments.of(facts(true, true, EMAIL, DOMAIN, CARD), GENEROUS));
    }

    @ParameterizedTest
    @MethodSource("grants")
    @DisplayName("C9 what the policy does not ask for does not count")
    void granted(TrialFacts facts, TrialPolicy policy) {
        TrialDecision decision = TrialRules.decide(TERMS, facts, policy);

        assertThat(decision).isEqualTo(new TrialDecision.Granted(TERMS));
        assertThat(((TrialDecision.Granted) decision).days()).isEqualTo(14);
    }

    @Test
    @DisplayName("C9 a plan without a trial has none to give")
    void noTrial() {
        assertThat(TrialRules.decide(null, facts(false, false), GENEROUS))
                .isEqualTo(new TrialDecision.Refused(TrialRefusal.NO_TRIAL_IN_PLAN));
    }

    @Test
    @DisplayName("C9 only a policy that asks for more than the account looks around")
    void looksAround() {
        assertThat(TrialPolicy.standard().looksAround()).isFalse();
        assertThat(new TrialPolicy(Set.of(ACCOUNT, CARD), true, Misuse.TELL).looksAround())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Ada@Example.com, ada@example.com, true",
        "' ada@example.com', ada@example.com, true",
        "ada+2@example.com, ada@example.com, true",
        "a.d.a+x@gmail.com, ada@googlemail.com, true",
        "a.da@example.com, ada@example.com, false",
        "+ada@example.com, ada@example.com, false",
        "ada@example.org, ada@example.com, false",
        "no-address, no-address, true",
    })
    @DisplayName("C9 an e-mail address is the same however it is written")
    void emails(String one, String other, boolean same) {
        assertThat(TrialMark.ofEmail(one).equals(TrialMark.ofEmail(other))).isEqualTo(same);
        assertThat(TrialMark.ofEmail(one).hash()).matches("[0-9a-f]{64}");
    }

    @Test
    @DisplayName("C9 marks of different kinds are different, whatever was hashed")
    void kinds() {
        assertThat(Set.of(
                        TrialMark.ofEmail("x").hash(),
                        TrialMark.ofDomain("x").hash(),
                        TrialMark.ofCard("x").hash()))
                .hasSize(3);
        assertThat(TrialMark.ofDomain("Example.COM")).isEqualTo(TrialMark.ofDomain("example.com"));
    }
}
