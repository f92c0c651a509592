package dev.billhook.stripe;

import static dev.billhook.stripe.testing.Storefront.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountProfile;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ConversionException;
import dev.billhook.invoice.AppliedDiscount;
import dev.billhook.invoice.Estimate;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.money.Money;
import dev.billhook.stripe.testing.Storefront;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C15 Estimates")
class EstimatesTest {
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final PlanChange FIVE = PlanChange.to(TEAM).withUnits(5);

    @AutoClose
    private final Storefront shop = new Storefront();

    private final InvoiceService invoices = shop.billing().invoices();

    private Invoice latest() {
        return invoices.list(ADA, InvoiceQuery.newest()).invoices().get(0);
    }

    private Subscription discountedAndTaxed() {
        String customer = shop.customer(ADA, "pm_card_visa");
        shop.post("/v1/coupons", "id=tenth&percent_off=10&duration=forever");
        String vat = shop.post("/v1/tax_rates", "display_name=VAT&percentage=19&inclusive=false");
        Subscription pro =
                shop.subscribe(ADA, "pro-monthly", 1, "&discounts[0][coupon]=tenth&default_tax_rates[0]=" + vat);
        shop.post("/v1/customers/" + customer + "/balance_transactions", "amount=-500&currency=usd");
        return pro;
    }

    /** What estimate and invoice have in common, line by line. */
    private static List<String> told(List<InvoiceLine> lines) {
        return lines.stream()
                .map(line -> String.join(
                        " ",
                        String.valueOf(line.plan()),
                        String.valueOf(line.units()),
                        line.amount().toString(),
                        line.discount().toString(),
                        line.tax().toString(),
                        line.periodStart() + "/" + line.periodEnd(),
                        line.proration() ? "proration" : "period"))
                .sorted()
                .toList();
    }

    @Test
    @DisplayName(
            "C15 the next invoice is told line by line, with discount, tax and credit, and is what is charged then")
    void next() {
        Subscription pro = discountedAndTaxed();

        Estimate estimate = invoices.estimate(ADA);

        assertThat(estimate.at()).isEqualTo(pro.periodEnd().orElseThrow());
        assertThat(estimate.discounts()).extracting(AppliedDiscount::coupon).containsExactly("tenth");
        assertThat(estimate.totals().discount()).isEqualTo(Money.of(290, "usd"));
        assertThat(estimate.totals().tax()).isEqualTo(Money.of(496, "usd"));
        assertThat(estimate.totals().credit()).isEqualTo(Money.of(500, "usd"));
        shop.renew(ADA);
        assertThat(latest().totals()).isEqualTo(estimate.totals());
        assertThat(told(latest().lines())).isEqualTo(told(estimate.lines()));
    }

    @Test
    @DisplayName("C15 a change at once is told with its prorations, and charges that")
    void changeNow() {
        Subscription before = discountedAndTaxed();
        shop.advance(Duration.ofDays(10));

        Estimate estimate = invoices.estimate(ADA, FIVE);

        assertThat(shop.subscription(ADA)).as("nothing changed").isEqualTo(before);
        assertThat(estimate.lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.proration()).isTrue())
                .extracting(InvoiceLine::plan)
                .containsExactlyInAnyOrder(PRO, TEAM);
        shop.billing().subscriptions().changePlan(ADA, FIVE);
        assertThat(latest().totals()).isEqualTo(estimate.totals());
        assertThat(told(latest().lines())).isEqualTo(told(estimate.lines()));
    }

    @Test
    @DisplayName("C15 a change at renewal is told as the invoice of that renewal")
    void changeAtRenewal() {
        Subscription pro = discountedAndTaxed();

        Estimate estimate = invoices.estimate(ADA, FIVE.at(Timing.AT_RENEWAL));

        assertThat(estimate.at()).isEqualTo(pro.periodEnd().orElseThrow());
        shop.billing().subscriptions().changePlan(ADA, FIVE.at(Timing.AT_RENEWAL));
        shop.renew(ADA);
        assertThat(latest().totals()).isEqualTo(estimate.totals());
        assertThat(told(latest().lines())).isEqualTo(told(estimate.lines()));
    }

    @Test
    @DisplayName("C15 a change that changes nothing leaves the next invoice as it is")
    void noChange() {
        discountedAndTaxed();

        assertThat(invoices.estimate(ADA, PlanChange.to(PRO)).totals())
                .isEqualTo(invoices.estimate(ADA).totals());
    }

    @Test
    @DisplayName("C15 what will not be invoiced or cannot be changed is told as such")
    void none() {
        shop.billing().accounts().register(ADA, AccountProfile.empty());
        assertThatExceptionOfType(InvalidStateException.class).isThrownBy(() -> invoices.estimate(ADA));
        assertThatExceptionOfType(InvalidStateException.class).isThrownBy(() -> invoices.estimate(ADA, FIVE));
        discountedAndTaxed();
        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> invoices.estimate(ADA, PlanChange.to(PlanKey.of("storage-monthly"))));

        shop.billing().subscriptions().cancel(ADA, Cancellation.atPeriodEnd());

        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> invoices.estimate(ADA))
                .withMessageContaining("user:ada");
    }

    @Test
    @DisplayName("A8 estimates are exact in currencies without and with three decimals")
    void currencies() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "&currency=kwd");
        shop.advance(Duration.ofDays(7));

        Estimate estimate = invoices.estimate(ADA, FIVE);
        shop.billing().subscriptions().changePlan(ADA, FIVE);

        assertThat(invoices.estimate(ADA).totals().total()).hasToString("20.050 KWD");
        assertThat(latest().totals()).isEqualTo(estimate.totals());
    }
}
