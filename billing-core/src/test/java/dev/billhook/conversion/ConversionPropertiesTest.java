package dev.billhook.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.conversion.ConversionPolicy.AddOnRule;
import dev.billhook.conversion.ConversionPolicy.UnitRule;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C2 whatever the subscription and the plan")
class ConversionPropertiesTest {
    private static final int ROUNDS = 2_000;
    private static final List<Plan> PLANS = ConversionFixture.CATALOG.plans();
    private static final List<Plan> TIERS = PLANS.stream()
            .filter(plan -> !plan.product().addOn() && plan.interval().recurring())
            .toList();
    private static final List<Plan> ADD_ONS = PLANS.stream()
            .filter(plan -> plan.product().addOn() && plan.interval().recurring())
            .toList();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 2026, 777_777})
    @DisplayName(
            "C2 only the target's tier and add-ons of its interval remain, foreign lines stay, and repeating changes nothing")
    void outcome(long seed) {
        Random random = new Random(seed);
        int made = 0;
        for (int i = 0; i < ROUNDS; i++) {
            PlanConverter converter = anyConverter(random);
            Subscription current = anySubscription(random);
            Plan target = any(random, PLANS);
            Optional<Conversion> conversion = tried(converter, ConversionRequest.of(current, target));
            if (conversion.isEmpty()) {
                continue;
            }
            made++;

            Subscription after = ConversionFixture.after(current, conversion.get());

            assertThat(plans(after, plan -> !plan.product().addOn()))
                    .as("seed %d round %d", seed, i)
                    .containsExactly(target);
            assertThat(plans(after, plan -> plan.product().addOn()))
                    .doesNotHaveDuplicates()
                    .allSatisfy(addOn -> {
                        assertThat(addOn.interval()).isEqualTo(target.interval());
                        assertThat(addOn.product().goesWith(target.product())).isTrue();
                    });
            assertThat(foreign(after)).isEqualTo(foreign(current));
            assertThat(touched(conversion.get())).doesNotHaveDuplicates();
            assertThat(converter.convert(ConversionRequest.of(after, target)).changes())
                    .as("seed %d round %d, again", seed, i)
                    .isEmpty();
        }
        assertThat(made).as("conversions that were made").isGreaterThan(ROUNDS / 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 1999, 424_242})
    @DisplayName("C2 there and back restores every line, if both plans can hold the units")
    void thereAndBack(long seed) {
        Random random = new Random(seed);
        PlanConverter converter = PlanConverter.standard(ConversionFixture.CATALOG);
        int made = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Plan a = any(random, TIERS);
            Plan b = any(random, TIERS);
            long units = a.pricing().takesUnits() ? 10 + random.nextInt(80) : quantity(a);
            SubscriptionFixture lines = ConversionFixture.dollars().with(a.key().value(), units);
            ADD_ONS.stream()
                    .filter(addOn -> addOn.interval().equals(a.interval()) && random.nextBoolean())
                    .filter(addOn -> !addOn.key().value().equals("storage-yearly-tiers"))
                    .forEach(addOn -> lines.with(addOn.key().value(), quantity(addOn)));
            Subscription start = lines.build();

            Optional<Subscription> there =
                    tried(converter, ConversionRequest.of(start, b)).map(way -> ConversionFixture.after(start, way));
            Optional<Subscription> back = there.flatMap(state ->
                    tried(converter, ConversionRequest.of(state, a)).map(way -> ConversionFixture.after(state, way)));

            if (back.isPresent()
                    && a.pricing().takesUnits() == b.pricing().takesUnits()
                    && quantity(a) == quantity(b)) {
                made++;
                assertThat(back)
                        .as("seed %d round %d: %s, %s", seed, i, a.key(), b.key())
                        .contains(start);
            }
        }
        assertThat(made).as("round trips that were made").isGreaterThan(ROUNDS / 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 65_537, 20_261_123})
    @DisplayName("C7 no unit is lost or added, unless the target's terms ask for more")
    void units(long seed) {
        Random random = new Random(seed);
        PlanConverter converter = PlanConverter.standard(ConversionFixture.CATALOG);
        int made = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Subscription current = anySubscription(random);
            Plan target = any(
                    random,
                    TIERS.stream().filter(plan -> plan.pricing().takesUnits()).toList());
            Optional<Conversion> conversion = tried(converter, ConversionRequest.of(current, target));
            if (conversion.isEmpty() || !anyTierTakesUnits(current)) {
                continue;
            }
            made++;

            Subscription after = ConversionFixture.after(current, conversion.get());

            long before = sold(current, plan -> !plan.product().addOn());
            long now = sold(after, plan -> !plan.product().addOn());
            boolean untouched = conversion.get().changes().isEmpty();
            long least = Math.max(target.units().minimum(), target.units().included());
            assertThat(now)
                    .as("seed %d round %d", seed, i)
                    .isEqualTo(untouched ? before : Math.max(before, keptOrRaised(current, target, before, least)));
            assertThat(sold(after, plan -> plan.product().key().equals("storage")))
                    .isEqualTo(sold(current, plan -> plan.product().key().equals("storage")));
        }
        assertThat(made).as("conversions that were made").isGreaterThan(ROUNDS / 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 40_961})
    @DisplayName("C2 the same question has the same answer, and every refusal names a remedy")
    void answers(long seed) {
        Random random = new Random(seed);
        Set<ConversionException.Reason> reasons = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            PlanConverter converter = anyConverter(random);
            Subscription current = anySubscription(random).toBuilder()
                    .status(any(random, List.of(SubscriptionStatus.values())))
                    .cancelAtPeriodEnd(random.nextInt(4) == 0)
                    .build();
            ConversionRequest request = new ConversionRequest(
                    current,
                    any(random, PLANS),
                    random.nextInt(3) == 0 ? (Long) (long) random.nextInt(120) : null,
                    random.nextBoolean() ? any(random, List.of(Timing.values())) : null,
                    random.nextInt(5) == 0);
            try {
                assertThat(converter.convert(request)).isEqualTo(converter.convert(request));
            } catch (ConversionException e) {
                reasons.add(e.reason());
                assertThat(e.remedy()).isNotBlank();
                assertThat(e).hasMessageEndingWith("; " + e.remedy());
            }
        }
        assertThat(reasons).contains(ConversionException.Reason.values());
    }

    /** A single line of the target keeps its number, also one its terms would not sell any more. */
    private static long keptOrRaised(Subscription current, Plan target, long before, long least) {
        boolean stays = plans(current, plan -> !plan.product().addOn()).equals(List.of(target));
        return stays ? before : least;
    }

    private static PlanConverter anyConverter(Random random) {
        ConversionPolicy policy = ConversionPolicy.standard()
                .with(any(random, List.of(UnitRule.values())))
                .with(any(random, List.of(AddOnRule.values())));
        return PlanConverter.of(ConversionFixture.CATALOG, policy);
    }

    private static Subscription anySubscription(Random random) {
        SubscriptionFixture subscription = ConversionFixture.dollars();
        for (int lines = random.nextInt(3); lines >= 0; lines--) {
            Plan plan = any(random, TIERS);
            subscription.with(plan.key().value(), anyQuantity(random, plan));
        }
        for (int lines = random.nextInt(3); lines > 0; lines--) {
            Plan plan = any(random, ADD_ONS);
            subscription.with(plan.key().value(), anyQuantity(random, plan));
        }
        if (random.nextInt(4) == 0) {
            subscription.with(random.nextBoolean() ? null : "retired-plan", random.nextInt(9));
        }
        Subscription built = subscription.build();
        return random.nextInt(30) == 0 ? built.toBuilder().items(foreign(built)).build() : built;
    }

    private static long anyQuantity(Random random, Plan plan) {
        return plan.pricing().takesUnits() ? 1 + random.nextInt(60) : quantity(plan);
    }

    private static long quantity(Plan plan) {
        return plan.pricing() instanceof Pricing.Metered ? 0 : 1;
    }

    private static Optional<Conversion> tried(PlanConverter converter, ConversionRequest request) {
        try {
            return Optional.of(converter.convert(request));
        } catch (ConversionException e) {
            return Optional.empty();
        }
    }

    private static List<Plan> plans(Subscription subscription, Predicate<Plan> which) {
        return subscription.items().stream()
                .flatMap(item -> ConversionFixture.known(item).stream())
                .filter(which)
                .toList();
    }

    private static boolean anyTierTakesUnits(Subscription subscription) {
        return plans(subscription, plan -> !plan.product().addOn()).stream()
                .anyMatch(plan -> plan.pricing().takesUnits());
    }

    private static long sold(Subscription subscription, Predicate<Plan> which) {
        return subscription.items().stream()
                .filter(item -> ConversionFixture.known(item)
                        .filter(plan -> plan.pricing().takesUnits() && which.test(plan))
                        .isPresent())
                .mapToLong(SubscriptionItem::quantity)
                .sum();
    }

    private static List<SubscriptionItem> foreign(Subscription subscription) {
        return subscription.items().stream()
                .filter(item -> ConversionFixture.known(item).isEmpty())
                .toList();
    }

    private static List<String> touched(Conversion conversion) {
        return conversion.changes().stream()
                .flatMap(change -> Optional.ofNullable(itemOf(change)).stream())
                .toList();
    }

    private static @Nullable String itemOf(ItemChange change) {
        if (change instanceof ItemChange.Replace replace) {
            return replace.itemId();
        }
        if (change instanceof ItemChange.SetQuantity set) {
            return set.itemId();
        }
        return change instanceof ItemChange.Remove remove ? remove.itemId() : null;
    }

    private static <T> T any(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
