package dev.billhook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C20 questions about a subscription are answered from the mirror")
class SubscriptionTest {
    private static final Instant EARLY = Instant.parse("2026-01-10T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    @DisplayName("C4 equal contents are equal, in whatever order the lines came")
    void order() {
        SubscriptionItem one = item("si_1", EARLY, LATE);
        SubscriptionItem two = item("si_2", EARLY, LATE);

        assertThat(of(two, one)).isEqualTo(of(one, two));
        assertThat(of(two, one).items()).containsExactly(one, two);
    }

    @Test
    @DisplayName("C20 the tier, its units and whether it is annual are those of the greatest tier among the lines")
    void mainPlan() {
        Catalog catalog = CatalogReader.readYaml("""
                products:
                  pro: {name: Pro, tier: 20}
                  team: {name: Team, tier: 30}
                  storage: {name: Storage, kind: add-on}
                plans:
                  pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 30}}}
                  team-yearly: {product: team, interval: year, pricing: {per_unit: {usd: 120}}}
                  team-2-months: {product: team, interval: {every: 2, unit: month}, pricing: {per_unit: {usd: 24}}}
                  storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 50}}}
                """);
        Subscription team = SubscriptionFixture.ofId("sub_1")
                .with("storage-yearly", 9)
                .with("team-yearly", 7)
                .with("gone", 3)
                .build();
        Subscription pro =
                SubscriptionFixture.ofId("sub_1").with("pro-monthly", 1).build();
        Subscription often =
                SubscriptionFixture.ofId("sub_1").with("team-2-months", 4).build();
        Subscription addOnOnly =
                SubscriptionFixture.ofId("sub_1").with("storage-yearly", 9).build();

        assertThat(team.onTier(catalog, "team")).isTrue();
        assertThat(team.onTier(catalog, "storage")).isFalse();
        assertThat(team.annual(catalog)).isTrue();
        assertThat(team.units(catalog)).isEqualTo(7);
        assertThat(pro.onTier(catalog, "team")).isFalse();
        assertThat(pro.annual(catalog)).isFalse();
        assertThat(pro.units(catalog)).isEqualTo(1);
        assertThat(often.annual(catalog)).isFalse();
        assertThat(addOnOnly.mainPlan(catalog)).isEmpty();
        assertThat(addOnOnly.annual(catalog)).isFalse();
        assertThat(addOnOnly.units(catalog)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "TRIALING, true, false",
        "ACTIVE, false, false",
        "PAST_DUE, false, true",
        "UNPAID, false, true",
        "CANCELED, false, false"
    })
    @DisplayName("C20 trialing and past due are told by the status")
    void status(SubscriptionStatus status, boolean trialing, boolean pastDue) {
        Subscription subscription = SubscriptionFixture.ofId("sub_1").with("pro-monthly", 1).build().toBuilder()
                .status(status)
                .build();

        assertThat(subscription.trialing()).isEqualTo(trialing);
        assertThat(subscription.pastDue()).isEqualTo(pastDue);
    }

    @Test
    @DisplayName("C20 it expires once its end is set, until it has ended or that is withdrawn")
    void expiring() {
        Subscription running =
                SubscriptionFixture.ofId("sub_1").with("pro-monthly", 1).build();
        Subscription ending = running.toBuilder().cancelAtPeriodEnd(true).build();

        assertThat(running.expiring()).isFalse();
        assertThat(ending.expiring()).isTrue();
        assertThat(ending.toBuilder()
                        .status(SubscriptionStatus.CANCELED)
                        .build()
                        .expiring())
                .isFalse();
    }

    @Test
    @DisplayName("C15 a time is moved to the nearest second of the running period")
    void withinPeriod() {
        Subscription subscription = of(item("si_1", EARLY, LATE));

        assertThat(subscription.withinPeriod(EARLY.minusSeconds(5))).isEqualTo(EARLY);
        assertThat(subscription.withinPeriod(EARLY.plusMillis(1500))).isEqualTo(EARLY.plusSeconds(1));
        assertThat(subscription.withinPeriod(LATE)).isEqualTo(LATE.minusSeconds(1));
    }

    @Test
    @DisplayName("C20 lines with different periods: the latest start and the earliest end count")
    void periods() {
        Subscription mixed =
                of(item("si_1", SubscriptionFixture.START, LATE), item("si_2", EARLY, EARLY.plusSeconds(9)));

        assertThat(mixed.periodStart()).contains(EARLY);
        assertThat(mixed.periodEnd()).contains(EARLY.plusSeconds(9));
        assertThat(of().periodStart()).isEmpty();
        assertThat(of().periodEnd()).isEmpty();
    }

    @Test
    @DisplayName("C20 plans are those of the catalog's lines, each once")
    void plans() {
        Subscription subscription = SubscriptionFixture.on("pro-monthly")
                .with(null, 4)
                .with("team-monthly", 3)
                .with("pro-monthly", 2)
                .build();

        assertThat(subscription.plans()).containsExactly(PlanKey.of("pro-monthly"), PlanKey.of("team-monthly"));
        assertThat(subscription.itemOf(PlanKey.of("team-monthly")).map(SubscriptionItem::quantity))
                .contains(3L);
        assertThat(subscription.itemOf(PlanKey.of("hobby-monthly"))).isEmpty();
    }

    @Test
    @DisplayName("C16 the pending end is the date asked for, else the period's end, and gone once ended")
    void pendingEnd() {
        assertThat(SubscriptionFixture.on("p").build().pendingEnd()).isEmpty();
        assertThat(SubscriptionFixture.on("p").endingAt(LATE).build().pendingEnd())
                .contains(LATE);
        assertThat(SubscriptionFixture.on("p").endingWithPeriod().build().pendingEnd())
                .contains(SubscriptionFixture.END);
        assertThat(SubscriptionFixture.on("p")
                        .endingWithPeriod()
                        .endingAt(EARLY)
                        .build()
                        .pendingEnd())
                .contains(EARLY);
        assertThat(SubscriptionFixture.on("p")
                        .endingAt(LATE)
                        .endedAt(LATE)
                        .build()
                        .pendingEnd())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: running {2}, ended {3}")
    @CsvSource({
        "incomplete, INCOMPLETE, false, false",
        "incomplete_expired, INCOMPLETE_EXPIRED, false, true",
        "trialing, TRIALING, true, false",
        "active, ACTIVE, true, false",
        "past_due, PAST_DUE, true, false",
        "unpaid, UNPAID, false, false",
        "paused, PAUSED, false, false",
        "canceled, CANCELED, false, true",
        "ACTIVE, UNKNOWN, false, false",
        "something_new, UNKNOWN, false, false"
    })
    @DisplayName("C20 every status of the provider is read; one of tomorrow is UNKNOWN, not a failure")
    void statuses(String wire, SubscriptionStatus status, boolean running, boolean ended) {
        assertThat(SubscriptionStatus.ofWire(wire)).isEqualTo(status);
        assertThat(status.running()).isEqualTo(running);
        assertThat(status.ended()).isEqualTo(ended);
    }

    private static SubscriptionItem item(String id, Instant start, Instant end) {
        return new SubscriptionItem(id, "price", PlanKey.of("p"), 1, start, end);
    }

    private static Subscription of(SubscriptionItem... items) {
        return Subscription.builder("sub_1", SubscriptionStatus.ACTIVE, SubscriptionFixture.START)
                .items(List.of(items))
                .build();
    }
}
