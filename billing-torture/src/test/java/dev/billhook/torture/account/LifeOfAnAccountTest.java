package dev.billhook.torture.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.addon.AddOnRequest;
import dev.billhook.catalog.PlanKey;
import dev.billhook.coupon.Reduction;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.RefundRequest;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.entitlement.AccessState;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.migration.MigrationRequest;
import dev.billhook.money.Money;
import dev.billhook.quote.Quote;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import dev.billhook.unit.UnitChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * One account through three years with every operation, on PostgreSQL, its mirror kept by webhooks. What it must be charged is
 * worked out beside by {@link Books} from prices, days and shares alone.
 */
@DisplayName("B6, C2, C3, C7, C9, C11 to C17, C19, C22, C23, D4 three years in the life of an account")
class LifeOfAnAccountTest {
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final PlanKey TEAM_YEARLY = PlanKey.of("team-yearly");
    private static final PlanKey TEAM_LIFETIME = PlanKey.of("team-lifetime");
    private static final PlanKey STORAGE_YEARLY = PlanKey.of("storage-yearly");

    @Test
    @DisplayName("every invoice is what the books say, and all of them come to the same sum")
    void threeYears() throws Exception {
        try (Tenant tenant = new Tenant()) {
            Books books = new Books();
            beginning(tenant, books);
            units(tenant, books);
            discount(tenant, books);
            byHand(tenant, books);
            year(tenant, books);
            secondYear(tenant, books);
            thirdYear(tenant, books);
            forLife(tenant, books);

            assertThat(charged(tenant)).isEqualTo(books.invoices());
            assertThat(sum(charged(tenant))).isEqualTo(sum(books.invoices()));
            assertThat(tenant.paidOnce()).isEqualTo(books.once());
            assertThat(tenant.refunded()).isEqualTo(books.refunded());
            assertThat(tenant.balance()).isZero();
            assertThat(tenant.drift().clean()).as(tenant.drift().toTable()).isTrue();
        }
    }

    /** A trial of 14 days, made longer and then ended early; the fee for setting up is charged at once, the seats when the trial ends. */
    private static void beginning(Tenant tenant, Books books) {
        tenant.at("2027-01-01");
        tenant.visit(tenant.toCheckout(TEAM, 3));
        books.charge("2027-01-01", 49_00);
        assertThat(tenant.access().state()).isEqualTo(AccessState.TRIALING);
        tenant.at("2027-01-05");
        tenant.billing().units().add(Tenant.ACCOUNT, 1);
        tenant.at("2027-01-10");
        tenant.billing().trials().extend(Tenant.ACCOUNT, Tenant.day("2027-01-20"));
        tenant.at("2027-01-15");
        tenant.billing().trials().endNow(Tenant.ACCOUNT);
        tenant.at("2027-01-16");
        books.charge("2027-01-15", 4 * 12_00);
        assertThat(tenant.access().remaining("seats", 1)).isEqualTo(3);
    }

    /** Two seats more for the rest of the month, shown before and paid at once. */
    private static void units(Tenant tenant, Books books) {
        tenant.at("2027-02-01");
        ChangePreview preview = tenant.billing()
                .subscriptions()
                .preview(Tenant.ACCOUNT, PlanChange.to(TEAM).withUnits(6).at(Timing.NOW_INVOICE));
        long due = Books.share(6 * 12_00, "2027-02-01", "2027-01-15", "2027-02-15")
                - Books.share(4 * 12_00, "2027-02-01", "2027-01-15", "2027-02-15");
        assertThat(preview.dueNow()).isEqualTo(Money.of(due, "usd"));
        tenant.billing().subscriptions().confirm(Tenant.ACCOUNT, preview.token());
        books.charge("2027-02-01", due);
        tenant.at("2027-02-16");
        books.charge("2027-02-15", 6 * 12_00);
    }

    /** A quarter off the next invoice. */
    private static void discount(Tenant tenant, Books books) {
        tenant.at("2027-02-20");
        tenant.billing()
                .discounts()
                .createReferral(ReferralRequest.of(Reduction.percent(25)).withCode("SPRING"));
        tenant.billing().discounts().apply(Tenant.ACCOUNT, "SPRING");
        tenant.at("2027-03-16");
        books.charge("2027-03-15", 6 * 12_00 * 3 / 4);
    }

    /** Fewer seats, thought better of; two invoices by hand: one paid from the new card, one by bank. */
    private static void byHand(Tenant tenant, Books books) {
        tenant.at("2027-03-20");
        tenant.billing()
                .subscriptions()
                .changePlan(Tenant.ACCOUNT, PlanChange.to(TEAM).withUnits(2).at(Timing.AT_RENEWAL));
        assertThat(tenant.subscription().scheduledChange()).isPresent();
        tenant.billing().subscriptions().withdrawScheduledChange(Tenant.ACCOUNT);
        tenant.billing().subscriptions().collectBy(Tenant.ACCOUNT, CollectionMethod.invoice(14));
        tenant.at("2027-04-16");
        books.charge("2027-04-15", 6 * 12_00);
        Invoice april = tenant.newest();
        assertThat(april.status()).isEqualTo(InvoiceStatus.OPEN);
        tenant.card("pm_card_mastercard");
        assertThat(tenant.billing().invoices().pay(Tenant.ACCOUNT, april.id()).status())
                .isEqualTo(InvoiceStatus.PAID);
        tenant.at("2027-05-16");
        books.charge("2027-05-15", 6 * 12_00);
        tenant.billing().invoices().markPaid(Tenant.ACCOUNT, tenant.newest().id());
        tenant.billing().subscriptions().collectBy(Tenant.ACCOUNT, CollectionMethod.automatic());
    }

    /** By the year, with an add-on from August, and two seats fewer from November. */
    private static void year(Tenant tenant, Books books) {
        tenant.at("2027-06-01");
        tenant.billing().subscriptions().changePlan(Tenant.ACCOUNT, TEAM_YEARLY);
        books.charge("2027-06-01", 6 * 120_00 - Books.share(6 * 12_00, "2027-06-01", "2027-05-15", "2027-06-15"));
        tenant.at("2027-08-01");
        tenant.billing()
                .addOns()
                .add(
                        Tenant.ACCOUNT,
                        AddOnRequest.of(STORAGE_YEARLY).withUnits(5).at(Timing.NOW_INVOICE));
        books.charge("2027-08-01", Books.share(5 * 20_00, "2027-08-01", "2027-06-01", "2028-06-01"));
        tenant.at("2027-11-01");
        tenant.billing().units().change(Tenant.ACCOUNT, UnitChange.remove(2).at(Timing.NOW_PRORATE));
        books.next(Books.share(4 * 120_00, "2027-11-01", "2027-06-01", "2028-06-01")
                - Books.share(6 * 120_00, "2027-11-01", "2027-06-01", "2028-06-01"));
        assertThat(tenant.access().remaining("storage-gb", 0)).isEqualTo(50 + 5 * 10);
    }

    /** Collection rests for a month in which nothing is due; a credit note lowers the next payment; a farewell is withdrawn. */
    private static void secondYear(Tenant tenant, Books books) {
        tenant.at("2028-01-01");
        tenant.billing()
                .subscriptions()
                .pause(Tenant.ACCOUNT, CollectionPause.with(CollectionPause.Behavior.KEEP_AS_DRAFT));
        tenant.at("2028-02-01");
        tenant.billing().subscriptions().resume(Tenant.ACCOUNT);
        tenant.at("2028-03-01");
        Invoice yearly = tenant.invoiceOf("2027-06-01");
        tenant.billing()
                .invoices()
                .credit(
                        Tenant.ACCOUNT,
                        CreditNoteRequest.amount(yearly.id(), Money.of(50_00, "usd"))
                                .repaidBy(CreditNoteRequest.Repayment.BALANCE));
        tenant.billing()
                .subscriptions()
                .cancel(
                        Tenant.ACCOUNT,
                        Cancellation.atPeriodEnd(),
                        Cancellation.Why.of(Cancellation.Feedback.TOO_EXPENSIVE));
        tenant.at("2028-03-10");
        assertThat(tenant.subscription().pendingEnd()).contains(Tenant.day("2028-06-01"));
        tenant.billing().subscriptions().uncancel(Tenant.ACCOUNT);
        higherPrice(tenant);
        tenant.at("2028-06-02");
        books.charge("2028-06-01", (4 * 132_00 + 5 * 20_00) * 9 / 10);
        assertThat(tenant.newest().totals().credit()).isEqualTo(Money.of(50_00, "usd"));
    }

    /** Seats become dearer from the renewal on, with a tenth off its invoice for whoever had them before. */
    private static void higherPrice(Tenant tenant) {
        tenant.at("2028-04-01");
        tenant.sells(132);
        assertThat(tenant.subscription().onTier(tenant.billing().catalog(), "team"))
                .isTrue();
        tenant.billing()
                .discounts()
                .createReferral(ReferralRequest.of(Reduction.percent(10)).withCode("LOYAL"));
        MigrationRequest raise = MigrationRequest.named("raise-2028")
                .of(TEAM_YEARLY)
                .compensatedBy("LOYAL")
                .pace(Duration.ZERO, Duration.ofMillis(1));
        assertThat(tenant.billing().migrations().dryRun(raise).totals().moved()).isEqualTo(1);
        assertThat(tenant.billing().migrations().run(raise, step -> {}).totals().moved())
                .isEqualTo(1);
    }

    /** An offer for a fifth seat at renewal; the add-on goes; the account leaves with its money back, and returns. */
    private static void thirdYear(Tenant tenant, Books books) {
        tenant.at("2028-08-01");
        Quote quote = tenant.billing()
                .quotes()
                .create(Tenant.ACCOUNT, QuoteRequest.of(TEAM_YEARLY).withUnits(5));
        tenant.billing().quotes().accept(Tenant.ACCOUNT, quote.id(), Quote.At.RENEWAL);
        tenant.at("2029-06-02");
        books.charge("2029-06-01", 5 * 132_00 + 5 * 20_00);
        assertThat(tenant.access().remaining("seats", 0)).isEqualTo(5);
        tenant.at("2029-08-01");
        tenant.billing().addOns().remove(Tenant.ACCOUNT, STORAGE_YEARLY, Timing.NOW_PRORATE);
        long unusedStorage = Books.share(5 * 20_00, "2029-08-01", "2029-06-01", "2030-06-01");
        tenant.at("2029-10-01");
        tenant.billing().subscriptions().cancel(Tenant.ACCOUNT, Cancellation.now(Cancellation.Settlement.REFUND));
        books.refund(unusedStorage + Books.share(5 * 132_00, "2029-10-01", "2029-06-01", "2030-06-01"));
        assertThat(tenant.access().state()).isEqualTo(AccessState.READ_ONLY);
        tenant.at("2029-11-01");
        Subscription again = tenant.billing().subscriptions().reactivate(Tenant.ACCOUNT, Reactivation.atOldPrices());
        books.charge("2029-11-01", 5 * 132_00);
        assertThat(again.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        tenant.billing()
                .invoices()
                .refund(
                        Tenant.ACCOUNT,
                        RefundRequest.amount(tenant.newest().id(), Money.of(100_00, "usd"))
                                .because(RefundRequest.Reason.REQUESTED_BY_CUSTOMER));
        books.refund(100_00);
    }

    /**
     * The account buys for life. What it does not use of its year goes back, but no more than is left of what it paid: of the
     * 660.00 for the year 100.00 were given back before, and 605.75 are not used.
     */
    private static void forLife(Tenant tenant, Books books) {
        tenant.at("2029-12-01");
        tenant.visit(tenant.toCheckout(TEAM_LIFETIME, 1));
        books.once(2500_00);
        long unused = Books.share(5 * 132_00, "2029-12-01", "2029-11-01", "2030-11-01");
        books.refund(Math.min(unused, 5 * 132_00 - 100_00));
        assertThat(tenant.billing().subscriptions().find(Tenant.ACCOUNT)).isEmpty();
        tenant.at("2030-01-01");
        assertThat(tenant.access().state()).isEqualTo(AccessState.ACTIVE);
        assertThat(tenant.billing().purchases().list(Tenant.ACCOUNT))
                .singleElement()
                .satisfies(purchase -> {
                    assertThat(purchase.plan()).isEqualTo(TEAM_LIFETIME);
                    assertThat(purchase.valid()).isTrue();
                });
    }

    /** All invoices with an amount, oldest first, page by page. */
    private static List<Books.Entry> charged(Tenant tenant) {
        List<Books.Entry> entries = new ArrayList<>();
        String cursor = null;
        do {
            var page = tenant.billing()
                    .invoices()
                    .list(Tenant.ACCOUNT, InvoiceQuery.newest().limit(3).after(cursor));
            for (Invoice invoice : page.invoices()) {
                long total = invoice.totals().total().minorUnits();
                if (total != 0) {
                    entries.add(0, new Books.Entry(Tenant.dayOf(invoice.dates().createdAt()), total));
                }
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return entries;
    }

    private static long sum(List<Books.Entry> entries) {
        return entries.stream().mapToLong(Books.Entry::total).sum();
    }
}
