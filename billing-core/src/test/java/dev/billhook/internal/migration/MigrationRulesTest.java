package dev.billhook.internal.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.NotFoundException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.conversion.ItemChange;
import dev.billhook.error.RateLimitedException;
import dev.billhook.internal.migration.MigrationRules.Decision;
import dev.billhook.internal.pace.Patience;
import dev.billhook.migration.MigrationStep.Line;
import dev.billhook.migration.SkipReason;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.price.PriceGateway;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Schedule;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionBuilder;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import dev.billhook.testing.BillingFixture;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("C3 Who is moved to the present price, and who stays")
class MigrationRulesTest {
    private static final Instant START = Instant.parse("2027-01-10T10:00:00Z");
    private static final AccountRef ACCOUNT = AccountRef.of("user", "42");
    private static final Currency USD = Currency.getInstance("USD");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final Map<String, PriceGateway.Price> PRICES = Map.of(
            "now", price("now", BillingInterval.MONTHLY, new Pricing.PerUnit(Map.of(USD, 1500L))),
            "old", price("old", BillingInterval.MONTHLY, new Pricing.PerUnit(Map.of(USD, 1200L))),
            "older-year", price("older-year", BillingInterval.YEARLY, new Pricing.PerUnit(Map.of(USD, 9900L))),
            "older-use",
                    price("older-use", BillingInterval.MONTHLY, new Pricing.Metered("x", Map.of(USD, BigDecimal.ONE))),
            "strange", new PriceGateway.Price("strange", BillingInterval.MONTHLY, null));

    private static PriceGateway.Price price(String id, BillingInterval interval, Pricing pricing) {
        return new PriceGateway.Price(id, interval, pricing);
    }

    private static PriceGateway gateway() {
        return new PriceGateway() {
            @Override
            public Optional<Price> current(PlanKey plan) {
                return plan.equals(TEAM) ? Optional.of(PRICES.get("now")) : Optional.empty();
            }

            @Override
            public Optional<Price> find(String priceId) {
                return Optional.ofNullable(PRICES.get(priceId));
            }
        };
    }

    private static MigrationRules rules(Timing timing) {
        Patience patience = new Patience(Duration.ZERO, Duration.ZERO);
        return new MigrationRules(new PriceBook(gateway(), patience, List.of(TEAM)), timing);
    }

    private static Optional<Decision> decide(
            Timing timing, String price, UnaryOperator<SubscriptionBuilder> variation) {
        Subscription subscription = variation
                .apply(Subscription.builder("sub_1", SubscriptionStatus.ACTIVE, START)
                        .items(List.of(item("si_1", price, TEAM, 3)))
                        .terms(BillingTerms.in(USD)))
                .build();
        return rules(timing).decide(ACCOUNT, subscription);
    }

    private static SubscriptionItem item(String id, String price, PlanKey plan, long units) {
        return new SubscriptionItem(id, price, plan, units, START, START.plus(Duration.ofDays(31)));
    }

    private static SkipReason skipped(Timing timing, String price, UnaryOperator<SubscriptionBuilder> variation) {
        Decision decision = decide(timing, price, variation).orElseThrow();
        assertThat(decision.changes()).isEmpty();
        assertThat(decision.step().moves()).isFalse();
        return decision.step().skipped();
    }

    @Test
    @DisplayName("a line on an older price of the plan is moved, with its units; the amounts are told")
    void moved() {
        Decision decision = decide(Timing.AT_RENEWAL, "old", same -> same).orElseThrow();

        assertThat(decision.changes()).containsExactly(new ItemChange.Replace("si_1", TEAM, 3));
        assertThat(decision.step().lines())
                .containsExactly(new Line(TEAM, 3, Money.of(3600, USD), Money.of(4500, USD)));
        assertThat(decision.step().impact().orElseThrow().after()).isEqualTo(Money.of(4500, USD));
    }

    @Test
    @DisplayName("other lines stay as they are")
    void otherLines() {
        Decision decision = decide(
                        Timing.AT_RENEWAL,
                        "old",
                        subscription -> subscription.items(List.of(
                                item("si_1", "now", TEAM, 1),
                                item("si_2", "old", TEAM, 2),
                                item("si_3", "foreign", PlanKey.of("pro-monthly"), 1))))
                .orElseThrow();
        assertThat(decision.changes()).containsExactly(new ItemChange.Replace("si_2", TEAM, 2));
    }

    @Test
    @DisplayName("whoever is on the present price, or has ended, is not concerned")
    void notConcerned() {
        assertThat(decide(Timing.AT_RENEWAL, "now", same -> same)).isEmpty();
        Subscription ended = Subscription.builder("sub_1", SubscriptionStatus.CANCELED, START)
                .items(List.of(item("si_1", "old", TEAM, 3)))
                .build();
        assertThat(rules(Timing.AT_RENEWAL).decide(ACCOUNT, ended)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = SubscriptionStatus.class,
            names = {"INCOMPLETE", "UNPAID", "PAUSED", "UNKNOWN"})
    @DisplayName("what is not running stays")
    void notRunning(SubscriptionStatus status) {
        Subscription subscription = Subscription.builder("sub_1", status, START)
                .items(List.of(item("si_1", "old", TEAM, 3)))
                .terms(BillingTerms.in(USD))
                .build();
        assertThat(rules(Timing.NOW_PRORATE)
                        .decide(ACCOUNT, subscription)
                        .orElseThrow()
                        .step()
                        .skipped())
                .isEqualTo(SkipReason.NOT_RUNNING);
    }

    @Test
    @DisplayName("what a schedule governs stays, so a second run leaves alone what the first has scheduled")
    void scheduled() {
        assertThat(skipped(
                        Timing.AT_RENEWAL,
                        "old",
                        subscription -> subscription.schedule(new Schedule("sub_sched_1", null))))
                .isEqualTo(SkipReason.SCHEDULED);
    }

    @Test
    @DisplayName("what will end has no renewal to wait for, but can be moved now")
    void ending() {
        UnaryOperator<SubscriptionBuilder> ending =
                subscription -> subscription.cancelAt(START.plus(Duration.ofDays(31)));
        assertThat(skipped(Timing.AT_RENEWAL, "old", ending)).isEqualTo(SkipReason.ENDING);
        assertThat(decide(Timing.NOW_WITHOUT_PRORATION, "old", ending)
                        .orElseThrow()
                        .step()
                        .moves())
                .isTrue();
    }

    @Test
    @DisplayName("a price that cannot be compared with the present one is not left without a word")
    void incomparable() {
        assertThat(skipped(Timing.AT_RENEWAL, "older-year", same -> same)).isEqualTo(SkipReason.OTHER_INTERVAL);
        assertThat(skipped(Timing.AT_RENEWAL, "older-use", same -> same)).isEqualTo(SkipReason.OTHER_KIND);
        assertThat(skipped(Timing.AT_RENEWAL, "strange", same -> same)).isEqualTo(SkipReason.UNKNOWN_PRICE);
        assertThat(skipped(Timing.AT_RENEWAL, "vanished", same -> same)).isEqualTo(SkipReason.UNKNOWN_PRICE);
        UnaryOperator<SubscriptionBuilder> inEuro =
                subscription -> subscription.terms(BillingTerms.in(Currency.getInstance("EUR")));
        assertThat(skipped(Timing.AT_RENEWAL, "old", inEuro)).isEqualTo(SkipReason.CURRENCY);
        assertThat(skipped(Timing.AT_RENEWAL, "old", subscription -> subscription.terms(BillingTerms.UNKNOWN)))
                .isEqualTo(SkipReason.CURRENCY);
    }

    @Test
    @DisplayName("the plans a request names must be the catalog's; without names it is all that renew")
    void plans() {
        assertThat(PriceBook.plans(BillingFixture.catalog(), Set.of()))
                .extracting(PlanKey::value)
                .containsExactly("support-monthly", "pro-monthly", "team-monthly", "team-yearly");
        assertThat(PriceBook.plans(BillingFixture.catalog(), Set.of(TEAM))).containsExactly(TEAM);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> PriceBook.plans(BillingFixture.catalog(), Set.of(PlanKey.of("gold"))));
    }

    @Test
    @DisplayName("a provider that asks for patience is asked again, but not for ever")
    void patience() {
        Patience patience = new Patience(Duration.ZERO, Duration.ofNanos(1));
        AtomicInteger calls = new AtomicInteger();
        assertThat(patience.call(() -> {
                    if (calls.incrementAndGet() < 5) {
                        throw new RateLimitedException("slow down", null, null);
                    }
                    return calls.get();
                }))
                .isEqualTo(5);
        calls.set(0);
        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> patience.call(() -> {
                    calls.incrementAndGet();
                    throw new RateLimitedException("slow down", null, null);
                }));
        assertThat(calls).hasValue(8);
    }
}
