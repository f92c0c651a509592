package dev.billhook.stripe.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.RequestKey;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.conversion.ItemChange;
import dev.billhook.invoice.AppliedDiscount;
import dev.billhook.invoice.Estimate;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C15 Stripe's previews of invoices")
class StripeEstimatesTest {
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 30}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 300}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}}
            """);

    @AutoClose
    private final Subscriber subscriber = new Subscriber(CATALOG);

    private final EstimateGateway estimates = subscriber.stripe().estimates();

    private static List<ItemChange> to(Subscription subscription, String plan, long units) {
        return List.of(new ItemChange.Replace(subscription.items().get(0).id(), PlanKey.of(plan), units));
    }

    private static List<Long> amounts(Estimate estimate) {
        return estimate.lines().stream().map(line -> line.amount().minorUnits()).toList();
    }

    @Test
    @DisplayName("C15 the next invoice: lines with their plan and period, discounts, tax, credit, and the sums of them")
    void next() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.post("/v1/coupons", "id=TEN", "percent_off=10", "duration=forever");
        String tax = subscriber.taxRate("20", false);
        subscriber.post("/v1/subscriptions/" + pro.id(), "discounts[0][coupon]=TEN", "default_tax_rates[0]=" + tax);
        subscriber.post(
                "/v1/customers/" + subscriber.customer() + "/balance_transactions", "amount=-1000", "currency=usd");
        Instant end = pro.periodEnd().orElseThrow();

        Estimate next = estimates.next(pro.id()).orElseThrow();

        assertThat(next.at()).isEqualTo(end);
        InvoiceLine line = next.lines().get(0);
        assertThat(line.plan()).isEqualTo(PlanKey.of("pro-monthly"));
        assertThat(line.amount()).isEqualTo(Money.of(3000, "usd"));
        assertThat(line.discount()).isEqualTo(Money.of(300, "usd"));
        assertThat(line.tax()).isEqualTo(Money.of(540, "usd"));
        assertThat(line.periodStart()).isEqualTo(end);
        assertThat(line.periodEnd()).isEqualTo(Instant.parse("2027-03-10T10:00:00Z"));
        assertThat(next.discounts()).extracting(AppliedDiscount::coupon).containsExactly("TEN");
        assertThat(next.totals().subtotal().minorUnits()).isEqualTo(3000);
        assertThat(next.totals().discount().minorUnits()).isEqualTo(300);
        assertThat(next.totals().tax().minorUnits()).isEqualTo(540);
        assertThat(next.totals().taxIncluded().minorUnits()).isZero();
        assertThat(next.totals().total().minorUnits()).isEqualTo(3240);
        assertThat(next.totals().credit().minorUnits()).isEqualTo(1000);
        assertThat(next.totals().due().minorUnits()).isEqualTo(2240);
    }

    @Test
    @DisplayName("C15 a change that is invoiced at once shows that invoice, one that is prorated the next one")
    void changes() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        Subscription half = subscriber.after(Duration.between(
                        pro.periodStart().orElseThrow(), pro.periodEnd().orElseThrow())
                .dividedBy(2));
        Instant now = subscriber.simulator().instantSource().instant();
        List<ItemChange> more = to(half, "team-monthly", 5);

        Estimate atOnce =
                estimates.afterChange(pro.id(), more, Timing.NOW_INVOICE, now).orElseThrow();
        Estimate later =
                estimates.afterChange(pro.id(), more, Timing.NOW_PRORATE, now).orElseThrow();
        Estimate each = estimates.recurring(pro.id(), more).orElseThrow();

        assertThat(atOnce.at()).isEqualTo(now);
        assertThat(amounts(atOnce)).containsExactly(-1500L, 3000L);
        assertThat(atOnce.lines()).allMatch(InvoiceLine::proration);
        assertThat(later.at()).isEqualTo(pro.periodEnd().orElseThrow());
        assertThat(amounts(later)).containsExactlyInAnyOrder(-1500L, 3000L, 6000L);
        assertThat(amounts(each)).containsExactly(6000L);
        assertThat(subscriber.synced()).as("nothing changed").isEqualTo(half);
    }

    @Test
    @DisplayName("C15 another interval at renewal is shown as the renewal will make it, in the calendar's steps")
    void intervalAtRenewal() {
        Subscription yearly = subscriber.subscribe("pro-yearly");
        Instant end = yearly.periodEnd().orElseThrow();
        Instant now = subscriber.simulator().instantSource().instant();

        Estimate next = estimates
                .afterChange(yearly.id(), to(yearly, "pro-monthly", 1), Timing.AT_RENEWAL, now)
                .orElseThrow();

        assertThat(next.at()).isEqualTo(end);
        assertThat(amounts(next)).containsExactly(3000L);
        assertThat(next.lines().get(0).periodStart()).isEqualTo(end);
        assertThat(next.lines().get(0).periodEnd()).isEqualTo(Instant.parse("2028-02-10T10:00:00Z"));
    }

    @Test
    @DisplayName("C15 a longer interval now: what is charged now, and what a year costs from its end on")
    void longerInterval() {
        Subscription monthly = subscriber.subscribe("pro-monthly");
        Instant now = subscriber.simulator().instantSource().instant();
        List<ItemChange> year = to(monthly, "pro-yearly", 1);

        Estimate atOnce = estimates
                .afterChange(monthly.id(), year, Timing.NOW_INVOICE, now)
                .orElseThrow();
        Estimate each = estimates.recurring(monthly.id(), year).orElseThrow();

        assertThat(atOnce.totals().due().minorUnits()).isEqualTo(30000 - 3000);
        assertThat(each.at()).isEqualTo(Instant.parse("2028-01-10T10:00:00Z"));
        assertThat(each.lines().get(0).periodEnd()).isEqualTo(Instant.parse("2029-01-10T10:00:00Z"));
        assertThat(amounts(each)).containsExactly(30000L);
    }

    @Test
    @DisplayName("C15 after a scheduled change the next invoice is of the new lines; after a pending end there is none")
    void whatIsToCome() {
        Subscription team = subscriber.subscribe("team-monthly × 3");
        Instant now = subscriber.simulator().instantSource().instant();
        List<ItemChange> less = to(team, "pro-monthly", 1);
        subscriber.stripe().subscriptions().scheduleItems(team.id(), less, RequestKey.random());

        assertThat(amounts(estimates.next(team.id()).orElseThrow())).containsExactly(3000L);
        assertThat(amounts(estimates
                        .afterChange(team.id(), to(team, "team-monthly", 2), Timing.AT_RENEWAL, now)
                        .orElseThrow()))
                .containsExactly(2400L);
        assertThat(amounts(estimates
                        .recurring(team.id(), to(team, "team-monthly", 5))
                        .orElseThrow()))
                .containsExactly(6000L);

        subscriber.stripe().subscriptions().releaseSchedule(team.id(), RequestKey.random());
        subscriber.post("/v1/subscriptions/" + team.id(), "cancel_at_period_end=true");
        assertThat(estimates.next(team.id())).isEmpty();
    }
}
