package dev.billhook.addon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.addon.AddOnException.Reason;
import dev.billhook.addon.AddOnPolicy.MainEnd;
import dev.billhook.addon.AddOnRules.Step;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.Currency;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("C22 Which add-ons go with a subscription, and how long")
class AddOnRulesTest {
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              pro: {name: Pro, tier: 20}
              storage: {name: Storage, kind: add-on}
              calls: {name: Calls, kind: add-on}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29, eur: 27}}}
              storage-monthly:
                {product: storage, interval: month, pricing: {per_unit: {usd: 5}}, units: {included: 3}}
              calls-monthly: {product: calls, interval: month, pricing: {metered: {meter: calls, amounts: {usd: 0.1}}}}
            """);
    private static final Plan PRO = CATALOG.getPlan(PlanKey.of("pro-monthly"));
    private static final Plan STORAGE = CATALOG.getPlan(PlanKey.of("storage-monthly"));
    private static final Plan CALLS = CATALOG.getPlan(PlanKey.of("calls-monthly"));
    private static final Instant SOON = SubscriptionFixture.END.minusSeconds(86_400);
    private static final Instant LATER = SubscriptionFixture.END.plusSeconds(86_400);

    private static SubscriptionFixture main() {
        return SubscriptionFixture.on("pro-monthly");
    }

    private static SubscriptionFixture addOn() {
        return SubscriptionFixture.on("storage-monthly");
    }

    static Stream<Arguments> following() {
        Subscription goesOn = main().build();
        Subscription ends = main().endingAt(SubscriptionFixture.END).build();
        return Stream.of(
                Arguments.of("goes on, goes on", goesOn, addOn(), new Step.Nothing()),
                Arguments.of("will end, goes on", ends, addOn(), new Step.EndAt(SubscriptionFixture.END)),
                Arguments.of(
                        "will end, ends later", ends, addOn().endingAt(LATER), new Step.EndAt(SubscriptionFixture.END)),
                Arguments.of(
                        "will end, ends with it", ends, addOn().endingAt(SubscriptionFixture.END), new Step.Nothing()),
                Arguments.of("will end, ends before", ends, addOn().endingAt(SOON), new Step.Nothing()),
                Arguments.of("goes on after all, was to end with it", goesOn, addOn().endingAt(LATER), new Step.GoOn()),
                Arguments.of(
                        "goes on after all, was removed by itself",
                        goesOn,
                        addOn().endingWithPeriod().endingAt(SubscriptionFixture.END),
                        new Step.Nothing()),
                Arguments.of("has ended, lives", main().endedAt(SOON).build(), addOn(), new Step.EndNow()),
                Arguments.of("is gone, lives", null, addOn(), new Step.EndNow()),
                Arguments.of("is gone, has ended", null, addOn().endedAt(SOON), new Step.Nothing()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("following")
    @DisplayName(
            "C22 its own subscription follows the main one, and asking twice does nothing more; or not at all, by policy")
    void follows(String situation, @Nullable Subscription main, SubscriptionFixture addOn, Step step) {
        Subscription own = addOn.build();

        assertThat(AddOnRules.follow(main, own, AddOnPolicy.standard())).isEqualTo(step);
        assertThat(AddOnRules.follow(main, own, AddOnPolicy.standard().with(MainEnd.GO_ON)))
                .isEqualTo(new Step.Nothing());
        if (step instanceof Step.EndAt at) {
            assertThat(AddOnRules.follow(main, addOn.endingAt(at.end()).build(), AddOnPolicy.standard()))
                    .isEqualTo(new Step.Nothing());
        }
    }

    @ParameterizedTest
    @EnumSource(SubscriptionStatus.class)
    @DisplayName("C22 only a subscription that runs takes add-ons")
    void statuses(SubscriptionStatus status) {
        Subscription subscription = main().in(status).build();

        if (status.running()) {
            AddOnRules.check(subscription, PRO, STORAGE, AddOnRequest.of(STORAGE.key()));
        } else {
            assertThatExceptionOfType(AddOnException.class)
                    .isThrownBy(() -> AddOnRules.check(subscription, PRO, STORAGE, AddOnRequest.of(STORAGE.key())))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_RUNNING));
        }
    }

    @Test
    @DisplayName("C22 an add-on is sold in the subscription's currency")
    void currency() {
        Subscription euros =
                main().onTerms(BillingTerms.in(Currency.getInstance("EUR"))).build();

        assertThatExceptionOfType(AddOnException.class)
                .isThrownBy(() -> AddOnRules.check(euros, PRO, STORAGE, AddOnRequest.of(STORAGE.key())))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CURRENCY));
    }

    @Test
    @DisplayName("C22 included units are bought in any case, and a metered add-on has none")
    void quantities() {
        assertThat(AddOnRules.quantity(STORAGE, 1)).isEqualTo(3);
        assertThat(AddOnRules.quantity(STORAGE, 5)).isEqualTo(5);
        assertThat(AddOnRules.quantity(CALLS, 1)).isZero();
    }
}
