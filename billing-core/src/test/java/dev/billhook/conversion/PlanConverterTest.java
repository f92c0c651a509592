package dev.billhook.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.CatalogFixture;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C2 one algorithm converts between any two plans")
class PlanConverterTest {
    private static final Catalog CATALOG = CatalogFixture.catalog();
    private static final PlanConverter CONVERTER = PlanConverter.standard(CATALOG);

    @ParameterizedTest(name = "{0} units of {1} to {2}: {3}, {4} units")
    @CsvSource({
        "1, hobby-monthly, pro-monthly, UPGRADE, 1",
        "1, pro-monthly, hobby-monthly, DOWNGRADE, 1",
        "1, pro-monthly, pro-yearly, INTERVAL, 1",
        "1, pro-yearly, pro-monthly, INTERVAL, 1",
        "1, hobby-monthly, pro-yearly, UPGRADE, 1",
        "1, pro-yearly, hobby-monthly, DOWNGRADE, 1",
        "1, pro-monthly, team-monthly, UPGRADE, 2",
        "7, team-monthly, team-yearly, INTERVAL, 7",
        "500, team-yearly, team-monthly, INTERVAL, 100",
        "7, team-monthly, pro-monthly, DOWNGRADE, 1",
        "1, pro-monthly, api, CROSSGRADE, 0",
        "0, api, pro-monthly, CROSSGRADE, 1",
        "0, api, team-monthly, UPGRADE, 2"
    })
    @DisplayName("C2 the line takes over the target; units are kept as far as the target allows")
    void table(long units, String from, String to, Conversion.Kind kind, long expectedUnits) {
        Subscription current =
                SubscriptionFixture.ofId("sub_1").with(from, units).build();

        Conversion conversion = CONVERTER.convert(current, CatalogFixture.plan(to));

        assertThat(conversion.kind()).isEqualTo(kind);
        assertThat(conversion.changes()).containsExactly(new ItemChange.Replace("si_1", PlanKey.of(to), expectedUnits));
        assertThat(conversion.proration()).isEqualTo(Proration.NEXT_INVOICE);
    }

    @Test
    @DisplayName("C2 a subscription on the target already needs no change")
    void same() {
        Conversion conversion =
                CONVERTER.convert(SubscriptionFixture.on("pro-monthly").build(), CatalogFixture.plan("pro-monthly"));

        assertThat(conversion.kind()).isEqualTo(Conversion.Kind.NONE);
        assertThat(conversion.changes()).isEmpty();
    }

    @Test
    @DisplayName("C2 a second plan's line goes, also when the first one is the target already")
    void severalLines() {
        Subscription current = SubscriptionFixture.on("hobby-monthly")
                .with("pro-monthly", 1)
                .with("team-monthly", 3)
                .build();

        assertThat(CONVERTER
                        .convert(current, CatalogFixture.plan("pro-monthly"))
                        .changes())
                .containsExactly(new ItemChange.Remove("si_1"), new ItemChange.Remove("si_3"));
        assertThat(CONVERTER.convert(current, CatalogFixture.plan("pro-yearly")).changes())
                .containsExactly(
                        new ItemChange.Replace("si_1", PlanKey.of("pro-yearly"), 1),
                        new ItemChange.Remove("si_2"),
                        new ItemChange.Remove("si_3"));
    }

    @Test
    @DisplayName("C2 lines that are not the catalog's stay as they are")
    void foreignLines() {
        Subscription current = SubscriptionFixture.ofId("sub_1")
                .with(null, 3)
                .with("retired-plan", 1)
                .with("hobby-monthly", 1)
                .build();

        assertThat(CONVERTER
                        .convert(current, CatalogFixture.plan("pro-monthly"))
                        .changes())
                .containsExactly(new ItemChange.Replace("si_3", PlanKey.of("pro-monthly"), 1));
    }

    @Test
    @DisplayName("C2 a subscription without a line of the catalog is refused, with the remedy")
    void nothingToConvert() {
        Subscription current =
                SubscriptionFixture.ofId("sub_1").with("retired-plan", 1).build();

        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> CONVERTER.convert(current, CatalogFixture.plan("pro-monthly")))
                .withMessageContaining("sub_1")
                .withMessageContaining("add its present plan to the catalog");
    }

    @Test
    @DisplayName("D4 a lifetime deal is bought in Checkout, not converted to")
    void lifetime() {
        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> CONVERTER.convert(
                        SubscriptionFixture.on("pro-monthly").build(), CatalogFixture.plan("pro-lifetime")))
                .withMessageContaining("pro-lifetime")
                .withMessageContaining("Checkout");
    }

    @ParameterizedTest
    @EnumSource(
            value = SubscriptionStatus.class,
            names = {"CANCELED", "INCOMPLETE_EXPIRED"})
    @DisplayName("C17 an ended subscription is not converted but bought anew")
    void ended(SubscriptionStatus status) {
        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> CONVERTER.convert(
                        SubscriptionFixture.on("pro-monthly").in(status).build(), CatalogFixture.plan("hobby-monthly")))
                .withMessageContaining("Checkout");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 2026, 777_777})
    @DisplayName(
            "C2 for any subscription and plan: only the target remains, units fit, foreign lines stay, repeating changes nothing")
    void properties(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Subscription current = anySubscription(random);
            Plan target = anyPlan(random);

            Subscription after = convert(current, target);

            List<SubscriptionItem> ours =
                    after.items().stream().filter(item -> known(item.plan())).toList();
            assertThat(ours).extracting(SubscriptionItem::plan).containsExactly(target.key());
            assertThat(after.items().stream().filter(item -> !known(item.plan())))
                    .containsExactlyElementsOf(current.items().stream()
                            .filter(item -> !known(item.plan()))
                            .toList());
            if (current.itemOf(target.key()).isEmpty() && !(target.pricing() instanceof Pricing.Metered)) {
                assertThat(target.units().allows(ours.get(0).quantity())).isTrue();
            }
            assertThat(CONVERTER.convert(after, target).changes()).isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 1999, 424_242})
    @DisplayName("C2 there and back restores the plan, and the units when both plans can hold them")
    void thereAndBack(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Plan a = anyPlan(random);
            Plan b = anyPlan(random);
            long units = a.pricing() instanceof Pricing.Metered ? 0 : a.units().clamp(random.nextInt(130));
            Subscription start = SubscriptionFixture.ofId("sub_1")
                    .with(a.key().value(), units)
                    .build();

            Subscription back = convert(convert(start, b), a);

            assertThat(back.plans()).containsExactly(a.key());
            if (a.units().allows(units) && b.units().allows(units)) {
                assertThat(back).isEqualTo(start);
            }
        }
    }

    private static Subscription convert(Subscription current, Plan target) {
        List<SubscriptionItem> items = new ArrayList<>(current.items());
        for (ItemChange change : CONVERTER.convert(current, target).changes()) {
            if (change instanceof ItemChange.Replace replace) {
                items.replaceAll(item -> item.id().equals(replace.itemId())
                        ? new SubscriptionItem(
                                item.id(),
                                item.priceId(),
                                replace.plan(),
                                replace.quantity(),
                                item.periodStart(),
                                item.periodEnd())
                        : item);
            } else if (change instanceof ItemChange.Remove remove) {
                assertThat(items.removeIf(item -> item.id().equals(remove.itemId())))
                        .isTrue();
            }
        }
        return current.toBuilder().items(items).build();
    }

    private static Subscription anySubscription(Random random) {
        SubscriptionFixture subscription = SubscriptionFixture.ofId("sub_1");
        Plan main = anyPlan(random);
        subscription.with(main.key().value(), random.nextInt(130));
        for (int lines = random.nextInt(4); lines > 0; lines--) {
            Plan other = anyPlan(random);
            boolean foreign = random.nextBoolean();
            if (foreign || !other.key().equals(main.key())) {
                subscription.with(foreign ? null : other.key().value(), random.nextInt(130));
            }
        }
        return subscription.build();
    }

    private static Plan anyPlan(Random random) {
        List<Plan> recurring = CATALOG.plans().stream()
                .filter(plan -> plan.interval().recurring())
                .toList();
        return recurring.get(random.nextInt(recurring.size()));
    }

    private static boolean known(@Nullable PlanKey plan) {
        return plan != null && CATALOG.findPlan(plan).isPresent();
    }
}
