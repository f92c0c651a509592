package dev.billhook.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.Conversion.Kind;
import dev.billhook.conversion.ConversionException.Reason;
import dev.billhook.conversion.ConversionPolicy.AddOnRule;
import dev.billhook.conversion.ConversionPolicy.SetUpFee;
import dev.billhook.conversion.ConversionPolicy.UnitRule;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C2 one algorithm converts between any two plans")
class PlanConverterTest {
    private static Conversion convert(Subscription current, String target) {
        return convert(ConversionPolicy.standard(), ConversionRequest.of(current, ConversionFixture.plan(target)));
    }

    private static Conversion convert(ConversionPolicy policy, ConversionRequest request) {
        return PlanConverter.of(ConversionFixture.CATALOG, policy).convert(request);
    }

    private static Subscription on(String plan, long units) {
        return ConversionFixture.dollars().with(plan, units).build();
    }

    private static ConversionRequest wish(Subscription current, String target) {
        return ConversionRequest.of(current, ConversionFixture.plan(target));
    }

    private static Reason refused(ConversionRequest request) {
        return assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> convert(ConversionPolicy.standard(), request))
                .satisfies(e -> assertThat(e).hasMessageEndingWith(e.remedy()))
                .actual()
                .reason();
    }

    @Test
    @DisplayName("C2 a subscription on the target needs no change")
    void same() {
        Conversion conversion = convert(on("pro-monthly", 1), "pro-monthly");

        assertThat(conversion.kind()).isEqualTo(Kind.NONE);
        assertThat(conversion.nothingToDo()).isTrue();
    }

    @Test
    @DisplayName("C2 the wish decides timing and units where it says something")
    void wished() {
        PlanChange change =
                PlanChange.to(PlanKey.of("team-monthly")).withUnits(5).at(Timing.AT_RENEWAL);

        Conversion conversion = convert(
                ConversionPolicy.standard(),
                ConversionRequest.of(on("pro-monthly", 1), ConversionFixture.plan("team-monthly"), change));

        assertThat(conversion)
                .isEqualTo(new Conversion(
                        Kind.UPGRADE,
                        List.of(new ItemChange.Replace("si_1", PlanKey.of("team-monthly"), 5)),
                        Timing.AT_RENEWAL,
                        Conversion.ScheduleStep.NONE));
    }

    @Test
    @DisplayName("C2 the policy decides the timing of each kind, and of trials")
    void policy() {
        ConversionPolicy policy = ConversionPolicy.standard()
                .with(Kind.DOWNGRADE, Timing.NOW_PRORATE)
                .withDuringTrial(Timing.AT_RENEWAL);
        Subscription trial = ConversionFixture.dollars()
                .with("pro-monthly", 1)
                .in(SubscriptionStatus.TRIALING)
                .build();

        assertThat(convert(policy, wish(on("pro-monthly", 1), "hobby-monthly")).timing())
                .isEqualTo(Timing.NOW_PRORATE);
        assertThat(convert(policy, wish(trial, "hobby-monthly")).timing()).isEqualTo(Timing.AT_RENEWAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConversionPolicy(
                        Map.of(), Timing.NOW_PRORATE, UnitRule.KEEP, AddOnRule.REFUSE, SetUpFee.WAIVE));
    }

    @ParameterizedTest(name = "{0}: {1} units of {2} to {3} are {4}")
    @CsvSource({
        "CAP, 500, team-yearly, team-monthly, 100",
        "CAP, 1, pro-monthly, team-monthly, 2",
        "CAP, 7, team-monthly, team-yearly, 10",
        "MINIMUM, 50, team-yearly, team-monthly, 2",
        "MINIMUM, 50, team-monthly, team-yearly, 10",
        "KEEP, 50, team-yearly, team-monthly, 50",
        "KEEP, 7, team-monthly, team-fixed, 7"
    })
    @DisplayName("C7 units carry over by the policy's rule, and included units are bought in any case")
    void unitRules(UnitRule rule, long units, String from, String to, long expected) {
        Conversion conversion = convert(ConversionPolicy.standard().with(rule), wish(on(from, units), to));

        assertThat(conversion.changes()).containsExactly(new ItemChange.Replace("si_1", PlanKey.of(to), expected));
    }

    @ParameterizedTest(name = "{1} → {2} units of {0}: {3} {4}")
    @CsvSource({
        "team-monthly, 7, 9, 9, NOW_PRORATE",
        "team-monthly, 7, 5, 5, NOW_PRORATE",
        "team-yearly, 10, 4, , NOW_PRORATE",
        "team-yearly, 10, 12, 12, NOW_INVOICE",
        "team-yearly, 12, 4, 10, NOW_PRORATE"
    })
    @DisplayName("C7 within the included units nothing happens; beyond them they are bought as the plan's terms say")
    void units(String plan, long before, long asked, Long quantity, Timing timing) {
        Conversion conversion = convert(
                ConversionPolicy.standard(), wish(on(plan, before), plan).withUnits(asked));

        if (quantity == null) {
            assertThat(conversion.nothingToDo()).isTrue();
        } else {
            assertThat(conversion.kind()).isEqualTo(Kind.UNITS);
            assertThat(conversion.changes()).containsExactly(new ItemChange.SetQuantity("si_1", quantity));
            assertThat(conversion.timing()).isEqualTo(timing);
        }
    }

    @Test
    @DisplayName("C7 units that are fixed change at renewal only")
    void fixedUnits() {
        ConversionRequest more = wish(on("team-fixed", 10), "team-fixed").withUnits(11);

        assertThat(refused(more)).isEqualTo(Reason.UNITS_FIXED);
        assertThat(refused(more.at(Timing.NOW_INVOICE))).isEqualTo(Reason.UNITS_FIXED);
        assertThat(refused(more.withUnits(9))).isEqualTo(Reason.UNITS_FIXED);
        assertThat(convert(ConversionPolicy.standard(), more.at(Timing.AT_RENEWAL))
                        .changes())
                .containsExactly(new ItemChange.SetQuantity("si_1", 11));
    }

    @ParameterizedTest(name = "{1} units of {0}")
    @CsvSource({"team-monthly, 1", "team-monthly, 101", "pro-yearly, 2", "api, 1"})
    @DisplayName("C7 a number of units the target is not sold in is refused")
    void wrongUnits(String target, long units) {
        assertThat(refused(wish(on("pro-monthly", 1), target).withUnits(units))).isEqualTo(Reason.UNITS_NOT_ALLOWED);
    }

    @Test
    @DisplayName("C22 add-ons the target cannot have go, if the policy says so")
    void removeAddOns() {
        Subscription current = ConversionFixture.dollars()
                .with("pro-monthly", 1)
                .with("storage-monthly", 3)
                .with("phone-monthly", 1)
                .build();
        ConversionPolicy policy = ConversionPolicy.standard().with(AddOnRule.REMOVE);

        assertThat(convert(policy, wish(current, "hobby-monthly")).changes())
                .containsExactly(
                        new ItemChange.Replace("si_1", PlanKey.of("hobby-monthly"), 1), new ItemChange.Remove("si_2"));
        assertThat(convert(policy, wish(current, "pro-yearly")).changes())
                .as("phone support is sold by the year in euros only")
                .containsExactly(
                        new ItemChange.Replace("si_1", PlanKey.of("pro-yearly"), 1),
                        new ItemChange.Remove("si_3"),
                        new ItemChange.Replace("si_2", PlanKey.of("storage-yearly"), 3));
    }

    @Test
    @DisplayName("B4 who pays an older price stays on it, unless present prices are asked for")
    void presentPrices() {
        Subscription current = ConversionFixture.dollars()
                .with("team-monthly", 4)
                .with("storage-monthly", 3)
                .build();
        PlanChange change = PlanChange.to(PlanKey.of("team-monthly")).atPresentPrices();

        Conversion conversion = convert(
                ConversionPolicy.standard(),
                ConversionRequest.of(current, ConversionFixture.plan("team-monthly"), change));

        assertThat(convert(current, "team-monthly").nothingToDo()).isTrue();
        assertThat(conversion.kind()).isEqualTo(Kind.PRICE);
        assertThat(conversion.timing()).isEqualTo(Timing.NOW_WITHOUT_PRORATION);
        assertThat(conversion.changes())
                .containsExactly(
                        new ItemChange.Replace("si_1", PlanKey.of("team-monthly"), 4),
                        new ItemChange.Replace("si_2", PlanKey.of("storage-monthly"), 3));
    }

    @Test
    @DisplayName("B3 a set-up fee is charged to who comes from another product, if the policy says so")
    void setUpFee() {
        ConversionPolicy policy = ConversionPolicy.standard().with(SetUpFee.CHARGE);
        ItemChange.Charge fee = new ItemChange.Charge(PlanKey.of("onboarding"));

        assertThat(convert(policy, wish(on("pro-monthly", 1), "team-monthly")).changes())
                .contains(fee);
        assertThat(convert(policy, wish(on("team-yearly", 20), "team-monthly")).changes())
                .doesNotContain(fee);
        assertThat(convert(on("pro-monthly", 1), "team-monthly").changes()).doesNotContain(fee);
    }

    @Test
    @DisplayName("C2 of an older state whose currency is not known, none is refused")
    void unknownCurrency() {
        assertThat(convert(SubscriptionFixture.on("pro-monthly").build(), "pro-euro")
                        .changes())
                .hasSize(1);
    }

    @Test
    @DisplayName("C2 a change of units keeps what is scheduled, any other change now withdraws it")
    void schedules() {
        Subscription current = ConversionFixture.dollars()
                .with("team-monthly", 4)
                .changingAt(SubscriptionFixture.END, "pro-monthly", 1)
                .build();

        assertThat(convert(
                                ConversionPolicy.standard(),
                                wish(current, "team-monthly").withUnits(6))
                        .schedule())
                .isEqualTo(Conversion.ScheduleStep.AMEND);
        assertThat(convert(current, "team-yearly").schedule()).isEqualTo(Conversion.ScheduleStep.RELEASE);
    }

    @Test
    @DisplayName("C2 intervals compare by their length, whatever their unit")
    void intervals() {
        Plan halfYear = ConversionFixture.plan("team-fixed");

        assertThat(halfYear.interval()
                        .compareLength(ConversionFixture.plan("team-monthly").interval()))
                .isPositive();
        assertThat(convert(on("team-fixed", 12), "team-yearly").kind()).isEqualTo(Kind.LONGER_INTERVAL);
        assertThat(convert(on("team-fixed", 12), "team-monthly").kind()).isEqualTo(Kind.SHORTER_INTERVAL);
    }
}
