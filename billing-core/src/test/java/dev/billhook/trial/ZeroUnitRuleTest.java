package dev.billhook.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.trial.ZeroUnitRule.Step;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C10 What becomes of a trial nobody uses")
class ZeroUnitRuleTest {
    private static final Map<Currency, Long> AMOUNT = Map.of(Currency.getInstance("USD"), 1200L);

    private static Plan plan(Pricing pricing) {
        return new Plan(
                PlanKey.of("team-monthly"),
                new Product("team", "Team", null, 10, Set.of(), Map.of()),
                BillingInterval.MONTHLY,
                pricing,
                null,
                new UnitTerms(0, null));
    }

    private static Subscription subscription(SubscriptionStatus status, long units, boolean ending) {
        SubscriptionFixture fixture =
                SubscriptionFixture.ofId("sub_1").in(status).with("team-monthly", units);
        return ending ? fixture.endingWithPeriod().build() : fixture.build();
    }

    @ParameterizedTest
    @CsvSource({
        "TRIALING, 0, false, false, END_WITH_TRIAL",
        "TRIALING, 0, true, false, LEAVE",
        "TRIALING, 0, true, true, LEAVE",
        "TRIALING, 3, false, false, LEAVE",
        "TRIALING, 3, false, true, LEAVE",
        "TRIALING, 3, true, true, GO_ON",
        "TRIALING, 3, true, false, LEAVE",
        "ACTIVE, 0, false, false, LEAVE",
        "ACTIVE, 3, true, true, LEAVE",
        "CANCELED, 0, false, false, LEAVE",
    })
    @DisplayName("C10 the step follows from the state, and is taken once")
    void table(SubscriptionStatus status, long units, boolean ending, boolean unitsCame, Step step) {
        Plan plan = plan(new Pricing.PerUnit(AMOUNT));

        assertThat(ZeroUnitRule.decide(subscription(status, units, ending), plan, unitsCame))
                .isEqualTo(step);
        if (step != Step.LEAVE) {
            boolean after = step == Step.END_WITH_TRIAL;
            assertThat(ZeroUnitRule.decide(subscription(status, units, after), plan, unitsCame))
                    .isEqualTo(Step.LEAVE);
        }
    }

    @Test
    @DisplayName("C10 a plan that is not sold by the unit has no such trial")
    void notByTheUnit() {
        Subscription trial = subscription(SubscriptionStatus.TRIALING, 0, false);

        assertThat(ZeroUnitRule.decide(trial, plan(new Pricing.Flat(AMOUNT)), false))
                .isEqualTo(Step.LEAVE);
    }
}
