package dev.billhook.mirror;

import static dev.billhook.subscription.SubscriptionFixture.END;
import static dev.billhook.subscription.SubscriptionStatus.ACTIVE;
import static dev.billhook.subscription.SubscriptionStatus.CANCELED;
import static dev.billhook.subscription.SubscriptionStatus.INCOMPLETE;
import static dev.billhook.subscription.SubscriptionStatus.INCOMPLETE_EXPIRED;
import static dev.billhook.subscription.SubscriptionStatus.PAST_DUE;
import static dev.billhook.subscription.SubscriptionStatus.PAUSED;
import static dev.billhook.subscription.SubscriptionStatus.TRIALING;
import static dev.billhook.subscription.SubscriptionStatus.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("B7 events are the difference between the mirror's old and new state")
class EventDerivationTest {
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final Instant WHEN = Instant.parse("2026-01-05T00:00:00Z");

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({
        ", INCOMPLETE,",
        ", TRIALING, TrialStarted",
        ", ACTIVE, SubscriptionActivated",
        ", PAST_DUE,",
        ", CANCELED,",
        "INCOMPLETE, ACTIVE, SubscriptionActivated",
        "INCOMPLETE, TRIALING, TrialStarted",
        "INCOMPLETE, INCOMPLETE_EXPIRED,",
        "TRIALING, ACTIVE, SubscriptionActivated",
        "TRIALING, PAUSED, SubscriptionPaused",
        "TRIALING, PAST_DUE,",
        "TRIALING, CANCELED, SubscriptionEnded",
        "PAUSED, ACTIVE, SubscriptionActivated",
        "ACTIVE, PAST_DUE,",
        "ACTIVE, CANCELED, SubscriptionEnded",
        "PAST_DUE, ACTIVE, PaymentRecovered",
        "PAST_DUE, UNPAID,",
        "PAST_DUE, CANCELED, SubscriptionEnded",
        "UNPAID, ACTIVE, PaymentRecovered",
        "UNPAID, CANCELED, SubscriptionEnded",
        "UNKNOWN, ACTIVE, SubscriptionActivated",
        "INCOMPLETE, CANCELED,",
        "CANCELED, INCOMPLETE_EXPIRED,"
    })
    @DisplayName("B7 each change of status is one fact or none")
    void statuses(@Nullable SubscriptionStatus before, SubscriptionStatus after, @Nullable String event) {
        Subscription old = before == null
                ? null
                : SubscriptionFixture.on("pro-monthly").in(before).build();

        List<BillingEvent> events =
                derive(old, SubscriptionFixture.on("pro-monthly").in(after).build());

        assertThat(names(events)).isEqualTo(event == null ? List.of() : List.of(event));
    }

    @Test
    @DisplayName("B7 facts carry what a listener needs")
    void contents() {
        Subscription trial = SubscriptionFixture.on("pro-monthly")
                .in(TRIALING)
                .trialUntil(END)
                .build();
        Subscription active = SubscriptionFixture.on("pro-monthly").build();
        Subscription late = SubscriptionFixture.on("pro-monthly").in(PAST_DUE).build();
        Subscription ended = SubscriptionFixture.on("pro-monthly").in(CANCELED).build();

        assertThat(derive(null, trial))
                .containsExactly(new BillingEvent.TrialStarted(meta("TrialStarted"), "sub_1", List.of(PRO), END));
        assertThat(derive(trial, active))
                .containsExactly(
                        new BillingEvent.SubscriptionActivated(meta("SubscriptionActivated"), "sub_1", List.of(PRO)));
        assertThat(derive(late, active))
                .containsExactly(new BillingEvent.PaymentRecovered(meta("PaymentRecovered"), "sub_1"));
        assertThat(derive(late, ended))
                .containsExactly(new BillingEvent.SubscriptionEnded(meta("SubscriptionEnded"), "sub_1", PAST_DUE));
    }

    @Test
    @DisplayName("C19 each discount that comes or goes is told; of an ended subscription none goes")
    void discounts() {
        Subscription none = SubscriptionFixture.on("pro-monthly").build();
        Subscription one = discounted(none, "di_1");
        Subscription other = discounted(none, "di_2");
        Subscription ended = SubscriptionFixture.on("pro-monthly").in(CANCELED).build();

        assertThat(names(derive(none, one))).containsExactly("DiscountApplied");
        assertThat(names(derive(null, one))).containsExactly("SubscriptionActivated", "DiscountApplied");
        assertThat(derive(one, other))
                .containsExactly(
                        new BillingEvent.DiscountRemoved(meta("DiscountRemoved:di_1"), "sub_1", "COUPON"),
                        new BillingEvent.DiscountApplied(meta("DiscountApplied:di_2"), "sub_1", "COUPON"));
        assertThat(names(derive(one, one))).isEmpty();
        assertThat(names(derive(one, ended))).containsExactly("SubscriptionEnded");
    }

    private static Subscription discounted(Subscription subscription, String id) {
        return subscription.toBuilder()
                .terms(new BillingTerms(
                        null,
                        CollectionMethod.automatic(),
                        List.of(new BillingTerms.Discount(id, "COUPON", null, null))))
                .build();
    }

    @Test
    @DisplayName("C2 a change of plan is one event with the plans before and after")
    void planChanged() {
        assertThat(derive(
                        SubscriptionFixture.on("pro-monthly").build(),
                        SubscriptionFixture.ofId("sub_1")
                                .with("team-monthly", 3)
                                .build()))
                .containsExactly(
                        new BillingEvent.PlanChanged(meta("PlanChanged"), "sub_1", List.of(PRO), List.of(TEAM)));
    }

    @Test
    @DisplayName("C2 the same plans on other lines are no change of plan")
    void samePlansOtherLines() {
        Subscription before =
                SubscriptionFixture.on("pro-monthly").with("team-monthly", 1).build();
        Subscription after =
                SubscriptionFixture.on("team-monthly").with("pro-monthly", 1).build();

        assertThat(derive(before, after)).isEmpty();
    }

    @Test
    @DisplayName("C7 a change of units is told for each plan's line")
    void unitsChanged() {
        Subscription before = SubscriptionFixture.ofId("sub_1")
                .with("team-monthly", 3)
                .with("pro-monthly", 1)
                .build();
        Subscription after = SubscriptionFixture.ofId("sub_1")
                .with("team-monthly", 5)
                .with("pro-monthly", 2)
                .build();

        assertThat(derive(before, after))
                .containsExactly(
                        new BillingEvent.UnitsChanged(meta("UnitsChanged:team-monthly"), "sub_1", TEAM, 3, 5),
                        new BillingEvent.UnitsChanged(meta("UnitsChanged:pro-monthly"), "sub_1", PRO, 1, 2));
    }

    @Test
    @DisplayName("C16 a pending end is told when it appears or moves, and when it is withdrawn")
    void cancellation() {
        Subscription running = SubscriptionFixture.on("pro-monthly").build();
        Subscription ending =
                SubscriptionFixture.on("pro-monthly").endingWithPeriod().build();
        Subscription dated = SubscriptionFixture.on("pro-monthly").endingAt(END).build();
        Subscription moved =
                SubscriptionFixture.on("pro-monthly").endingAt(WHEN).build();
        Subscription ended =
                SubscriptionFixture.on("pro-monthly").endingAt(END).endedAt(END).build();

        assertThat(derive(running, ending))
                .containsExactly(new BillingEvent.CancellationScheduled(meta("CancellationScheduled"), "sub_1", END));
        assertThat(derive(ending, dated)).as("the same end told in another way").isEmpty();
        assertThat(derive(dated, moved))
                .containsExactly(new BillingEvent.CancellationScheduled(meta("CancellationScheduled"), "sub_1", WHEN));
        assertThat(derive(dated, running))
                .containsExactly(new BillingEvent.CancellationWithdrawn(meta("CancellationWithdrawn"), "sub_1"));
        assertThat(names(derive(dated, ended))).containsExactly("SubscriptionEnded");
        assertThat(names(derive(null, ending))).containsExactly("SubscriptionActivated", "CancellationScheduled");
    }

    static Stream<Arguments> schedules() {
        Supplier<SubscriptionFixture> pro = () -> SubscriptionFixture.on("pro-monthly");
        return Stream.of(
                arguments("appears", pro.get(), pro.get().changingAt(END, "hobby-monthly", 1), "PlanChangeScheduled"),
                arguments(
                        "moves",
                        pro.get().changingAt(END, "hobby-monthly", 1),
                        pro.get().changingAt(WHEN, "hobby-monthly", 1),
                        "PlanChangeScheduled"),
                arguments(
                        "is another",
                        pro.get().changingAt(END, "hobby-monthly", 1),
                        pro.get().changingAt(END, "team-monthly", 2),
                        "PlanChangeScheduled"),
                arguments(
                        "stays",
                        pro.get().changingAt(END, "hobby-monthly", 1),
                        pro.get().changingAt(END, "hobby-monthly", 1),
                        ""),
                arguments("goes", pro.get().changingAt(END, "hobby-monthly", 1), pro.get(), "PlanChangeWithdrawn"),
                arguments(
                        "is carried out",
                        pro.get().changingAt(END, "hobby-monthly", 1),
                        SubscriptionFixture.on("hobby-monthly"),
                        "PlanChanged"),
                arguments(
                        "goes as another plan is taken",
                        pro.get().changingAt(END, "hobby-monthly", 1),
                        SubscriptionFixture.on("team-monthly"),
                        "PlanChanged PlanChangeWithdrawn"),
                arguments(
                        "is followed by the next",
                        pro.get().changingAt(WHEN, "hobby-monthly", 1),
                        SubscriptionFixture.on("hobby-monthly").changingAt(END, "team-monthly", 2),
                        "PlanChanged PlanChangeScheduled"),
                arguments(
                        "is overtaken by the end",
                        pro.get().changingAt(END, "hobby-monthly", 1),
                        pro.get().endedAt(WHEN),
                        "SubscriptionEnded"));
    }

    @ParameterizedTest(name = "that {0}: {3}")
    @MethodSource("schedules")
    @DisplayName("C2 a scheduled change")
    void scheduled(String what, SubscriptionFixture before, SubscriptionFixture after, String events) {
        assertThat(String.join(" ", names(derive(before.build(), after.build()))))
                .isEqualTo(events);
    }

    @Test
    @DisplayName("C2 a scheduled change is told with its time and its plans")
    void scheduledChangeIsTold() {
        Subscription before = SubscriptionFixture.on("pro-monthly").build();
        Subscription after = SubscriptionFixture.on("pro-monthly")
                .changingAt(END, "team-monthly", 3)
                .build();

        assertThat(derive(before, after))
                .containsExactly(
                        new BillingEvent.PlanChangeScheduled(meta("PlanChangeScheduled"), "sub_1", END, List.of(TEAM)));
    }

    @Test
    @DisplayName("C16 the lines of an ended subscription tell nothing any more")
    void endedLines() {
        Subscription before =
                SubscriptionFixture.ofId("sub_1").with("team-monthly", 3).build();
        Subscription after = SubscriptionFixture.on("pro-monthly").in(CANCELED).build();

        assertThat(names(derive(before, after))).containsExactly("SubscriptionEnded");
    }

    @Test
    @DisplayName("B8 a new, another and a removed payment method are told, an equal one is not")
    void paymentMethods() {
        PaymentMethod visa = new PaymentMethod("pm_1", "card", "visa", "4242", 12, 2030);
        PaymentMethod sepa = new PaymentMethod("pm_2", "sepa_debit", null, "3000", null, null);

        assertThat(ofCustomer(null, null)).isEmpty();
        assertThat(ofCustomer(null, visa))
                .containsExactly(new BillingEvent.PaymentMethodChanged(meta("PaymentMethodChanged"), visa));
        assertThat(ofCustomer(visa, sepa))
                .containsExactly(new BillingEvent.PaymentMethodChanged(meta("PaymentMethodChanged"), sepa));
        assertThat(ofCustomer(sepa, null))
                .containsExactly(new BillingEvent.PaymentMethodChanged(meta("PaymentMethodChanged"), null));
        assertThat(ofCustomer(visa, new PaymentMethod("pm_1", "card", "visa", "4242", 12, 2030)))
                .isEmpty();
        assertThat(EventDerivation.ofCustomer(null, customer(visa), EventDerivationTest::meta))
                .hasSize(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 99, 20_261_120})
    @DisplayName(
            "B7 for any two states: no difference means no event, the same difference the same events, and no name twice")
    void properties(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Subscription before = anySubscription(random);
            Subscription after = anySubscription(random);

            assertThat(derive(before, before)).isEmpty();
            assertThat(derive(before, after)).isEqualTo(derive(before, after));
            assertThat(derive(before, after)).extracting(BillingEvent::id).doesNotHaveDuplicates();
        }
    }

    private static Subscription anySubscription(Random random) {
        List<SubscriptionStatus> statuses =
                List.of(INCOMPLETE, INCOMPLETE_EXPIRED, TRIALING, ACTIVE, PAST_DUE, UNPAID, PAUSED, CANCELED);
        SubscriptionFixture one = SubscriptionFixture.ofId("sub_1").in(statuses.get(random.nextInt(statuses.size())));
        List<String> plans = new ArrayList<>(List.of("hobby-monthly", "pro-monthly", "team-monthly"));
        for (int lines = random.nextInt(3); lines >= 0; lines--) {
            one.with(plans.remove(random.nextInt(plans.size())), random.nextInt(4));
        }
        if (random.nextBoolean()) {
            one.endingWithPeriod();
        }
        if (random.nextInt(3) == 0) {
            one.endingAt(END.plusSeconds(random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            one.changingAt(END.plusSeconds(random.nextInt(2)), "pro-monthly", random.nextInt(2));
        }
        return one.build();
    }

    private static List<BillingEvent> derive(@Nullable Subscription before, Subscription after) {
        return EventDerivation.ofSubscription(before, after, EventDerivationTest::meta);
    }

    private static List<BillingEvent> ofCustomer(@Nullable PaymentMethod before, @Nullable PaymentMethod after) {
        return EventDerivation.ofCustomer(customer(before), customer(after), EventDerivationTest::meta);
    }

    private static Customer customer(@Nullable PaymentMethod method) {
        return new Customer("cus_1", "usd", false, method, false);
    }

    private static EventMeta meta(String name) {
        return new EventMeta(name, AccountRef.of("user", "1"), WHEN);
    }

    private static List<String> names(List<BillingEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
