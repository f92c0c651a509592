package dev.billhook.stripe;

import static dev.billhook.stripe.testing.Storefront.ADA;
import static dev.billhook.stripe.testing.Storefront.BOB;
import static dev.billhook.stripe.testing.Storefront.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.NotFoundException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.invoice.AppliedDiscount;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoicePage;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.money.Money;
import dev.billhook.stripe.testing.Storefront;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C14 Billing history")
class InvoiceHistoryTest {
    @AutoClose
    private final Storefront shop = new Storefront();

    private final InvoiceService invoices = shop.billing().invoices();

    private List<Invoice> all(AccountRef account) {
        return invoices.list(account, InvoiceQuery.newest().limit(100)).invoices();
    }

    private void assertAddsUp(Invoice invoice) {
        long lines = invoice.lines().stream()
                .mapToLong(line -> line.amount().minorUnits())
                .sum();
        long discounts = invoice.discounts().stream()
                .mapToLong(discount -> discount.amount().minorUnits())
                .sum();
        var totals = invoice.totals();
        var settlement = invoice.settlement();
        assertThat(totals.subtotal().minorUnits()).isEqualTo(lines);
        assertThat(totals.discount().minorUnits()).isEqualTo(discounts);
        assertThat(totals.total())
                .isEqualTo(totals.subtotal()
                        .minus(totals.discount())
                        .plus(totals.tax())
                        .minus(totals.taxIncluded()));
        assertThat(totals.due()).isEqualTo(totals.total().minus(totals.credit()));
        assertThat(totals.due())
                .isEqualTo(settlement.paid().plus(settlement.creditedBefore()).plus(settlement.remaining()));
    }

    @Test
    @DisplayName("C14 an invoice tells its lines, sums, dates, and where it can be seen, downloaded and receipted")
    void whole() {
        shop.customer(ADA, "pm_card_visa");
        Subscription team = shop.subscribe(ADA, "team-monthly", 3, "");

        Invoice invoice = all(ADA).get(0);

        Instant start = Instant.parse("2027-01-10T10:00:00Z");
        assertThat(invoice.number()).isNotBlank();
        assertThat(invoice.status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(invoice.subscriptionId()).isEqualTo(team.id());
        assertThat(invoice.lines()).singleElement().satisfies(line -> {
            assertThat(line.plan()).isEqualTo(PlanKey.of("team-monthly"));
            assertThat(line.units()).isEqualTo(3);
            assertThat(line.amount()).isEqualTo(usd(3600));
            assertThat(line.description()).contains("Team");
            assertThat(line.proration()).isFalse();
        });
        assertThat(invoice.periodStart()).hasValue(start);
        assertThat(invoice.periodEnd()).isEqualTo(team.periodEnd());
        assertAddsUp(invoice);
        assertThat(invoice.totals().total()).isEqualTo(usd(3600));
        assertThat(invoice.settlement().paid()).isEqualTo(usd(3600));
        assertThat(invoice.settlement().paidOutside()).isFalse();
        assertThat(invoice.dates()).isEqualTo(new Invoice.Dates(start, start, null, null, start));
        assertThat(List.of(
                        Objects.requireNonNull(invoice.links().page()),
                        Objects.requireNonNull(invoice.links().pdf()),
                        Objects.requireNonNull(invoice.links().receipt())))
                .doesNotHaveDuplicates()
                .allSatisfy(link -> assertThat(link).hasScheme("http"));
        assertThat(invoices.get(ADA, invoice.id())).isEqualTo(invoice);
    }

    @Test
    @DisplayName("C14 every invoice of a list has the receipt of its own payment")
    void receipts() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        shop.renew(ADA);
        shop.renew(ADA);

        List<URI> listed = all(ADA).stream().map(each -> each.links().receipt()).toList();

        assertThat(listed).hasSize(3).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(all(ADA).stream()
                        .map(each -> invoices.get(ADA, each.id()).links().receipt()))
                .isEqualTo(listed);
    }

    @Test
    @DisplayName("C14 pages go on where they ended while new invoices appear")
    void pages() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        for (int i = 0; i < 4; i++) {
            shop.renew(ADA);
        }
        List<String> before = all(ADA).stream().map(Invoice::id).toList();

        List<String> seen = new ArrayList<>();
        InvoicePage page = invoices.list(ADA, InvoiceQuery.newest().limit(2));
        page.invoices().forEach(each -> seen.add(each.id()));
        while (page.next().isPresent()) {
            shop.renew(ADA);
            page = invoices.list(
                    ADA, InvoiceQuery.newest().limit(2).after(page.next().get()));
            page.invoices().forEach(each -> seen.add(each.id()));
        }

        assertThat(seen).hasSize(5).isEqualTo(before);
        assertThat(all(ADA)).hasSizeGreaterThan(5);
    }

    @Test
    @DisplayName("C14 a list can be narrowed to what is still to be paid")
    void byStatus() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        shop.card(ADA, "pm_card_chargeCustomerFail");
        shop.renew(ADA);

        InvoicePage open = invoices.list(ADA, InvoiceQuery.newest().only(InvoiceStatus.OPEN));

        assertThat(open.invoices()).singleElement().satisfies(invoice -> {
            assertThat(invoice.settlement().remaining()).isEqualTo(usd(2900));
            assertThat(invoice.links().receipt()).isNull();
            assertThat(invoice.dates().nextAttemptAt()).isNotNull();
            assertThat(invoice.dates().paidAt()).isNull();
        });
        assertThat(open.next()).isEmpty();
        assertThat(all(ADA)).hasSize(2);
    }

    @Test
    @DisplayName("C14 a cursor of another account, of another list, or of nobody is refused")
    void cursors() {
        shop.customer(ADA, "pm_card_visa");
        shop.customer(BOB, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        shop.renew(ADA);
        String cursor =
                invoices.list(ADA, InvoiceQuery.newest().limit(1)).next().orElseThrow();

        List<InvoiceQuery> narrowed = List.of(
                InvoiceQuery.newest().after("in_123"),
                InvoiceQuery.newest().after(""),
                InvoiceQuery.newest().after("ü"),
                InvoiceQuery.newest().after(cursor + "x"),
                InvoiceQuery.newest().after(cursor).only(InvoiceStatus.PAID));
        for (InvoiceQuery query : narrowed) {
            assertThatExceptionOfType(InvoiceRefusedException.class)
                    .isThrownBy(() -> invoices.list(ADA, query))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(InvoiceRefusedException.Reason.UNKNOWN_CURSOR));
        }
        assertThatExceptionOfType(InvoiceRefusedException.class)
                .isThrownBy(() -> invoices.list(BOB, InvoiceQuery.newest().after(cursor)))
                .withMessageContaining("user:bob");
    }

    @Test
    @DisplayName("C14 nobody sees the invoices of another account")
    void othersInvoices() {
        shop.customer(ADA, "pm_card_visa");
        shop.customer(BOB, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        String id = all(ADA).get(0).id();

        assertThat(invoices.find(BOB, id)).isEmpty();
        assertThat(all(BOB)).isEmpty();
        assertThat(invoices.find(ADA, "in_unknown")).isEmpty();
        assertThat(invoices.find(ADA, "../customers")).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> invoices.get(BOB, id))
                .withMessageContaining(id);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> invoices.pdf(BOB, id));
    }

    @Test
    @DisplayName("C14 an account without a customer has no invoices, an unknown one is told as such")
    void nobody() {
        AccountRef fresh = AccountRef.of("user", "fresh");
        shop.billing().accounts().register(fresh, AccountProfile.empty());

        assertThat(invoices.list(fresh, InvoiceQuery.newest())).isEqualTo(new InvoicePage(List.of(), null));
        assertThat(invoices.find(fresh, "in_1")).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> invoices.list(AccountRef.of("user", "unknown"), InvoiceQuery.newest()));
    }

    @Test
    @DisplayName("C14 the PDF document of an invoice comes through the host")
    void pdf() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");

        byte[] pdf = invoices.pdf(ADA, all(ADA).get(0).id());

        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }

    @Test
    @DisplayName("C14 a draft has neither number nor document")
    void draft() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        shop.simulator()
                .advanceTo(shop.subscription(ADA).periodEnd().orElseThrow().plus(Duration.ofMinutes(5)));

        Invoice draft = all(ADA).get(0);

        assertThat(draft.status()).isEqualTo(InvoiceStatus.DRAFT);
        assertThat(draft.number()).isNull();
        assertThat(draft.links()).isEqualTo(new Invoice.Links(null, null, null));
        assertThatExceptionOfType(InvoiceRefusedException.class)
                .isThrownBy(() -> invoices.pdf(ADA, draft.id()))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(InvoiceRefusedException.Reason.NOT_FINAL));
    }

    @Test
    @DisplayName("C14 discounts, tax, prorations and the credit balance are told line by line and add up")
    void everything() {
        String customer = shop.customer(ADA, "pm_card_visa");
        shop.post("/v1/coupons", "id=tenth&percent_off=10&duration=forever");
        String vat = shop.post("/v1/tax_rates", "display_name=VAT&percentage=19&inclusive=false");
        shop.subscribe(ADA, "pro-monthly", 1, "&discounts[0][coupon]=tenth&default_tax_rates[0]=" + vat);
        shop.advance(Duration.ofDays(10));
        shop.post("/v1/customers/" + customer + "/balance_transactions", "amount=-500&currency=usd");

        shop.billing()
                .subscriptions()
                .changePlan(
                        ADA,
                        PlanChange.to(PlanKey.of("team-monthly")).withUnits(5).at(Timing.NOW_INVOICE));

        Invoice change = all(ADA).get(0);
        assertAddsUp(change);
        assertThat(change.lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.proration()).isTrue();
            assertThat(line.periodStart()).isEqualTo(Instant.parse("2027-01-20T10:00:00Z"));
            assertThat(line.periodEnd())
                    .isEqualTo(shop.subscription(ADA).periodEnd().orElseThrow());
        });
        assertThat(change.lines())
                .extracting(InvoiceLine::plan)
                .containsExactlyInAnyOrder(PlanKey.of("pro-monthly"), PlanKey.of("team-monthly"));
        assertThat(change.lines())
                .extracting(line -> Long.signum(line.amount().minorUnits()))
                .containsExactlyInAnyOrder(-1, 1);
        assertThat(change.discounts()).extracting(AppliedDiscount::coupon).containsOnly("tenth");
        assertThat(change.totals().tax().minorUnits()).isPositive();
        assertThat(change.totals().taxIncluded()).isEqualTo(usd(0));
        assertThat(change.totals().credit()).isEqualTo(usd(500));
        assertThat(change.settlement().paid()).isEqualTo(change.totals().total().minus(usd(500)));
    }

    @Test
    @DisplayName("C14 tax within the prices is part of the total")
    void taxWithin() {
        shop.customer(ADA, "pm_card_visa");
        String vat = shop.post("/v1/tax_rates", "display_name=VAT&percentage=16&inclusive=true");
        shop.subscribe(ADA, "pro-monthly", 1, "&default_tax_rates[0]=" + vat);

        Invoice invoice = all(ADA).get(0);

        assertAddsUp(invoice);
        assertThat(invoice.totals().total()).isEqualTo(usd(2900));
        assertThat(invoice.totals().taxIncluded()).isEqualTo(usd(400));
    }

    @Test
    @DisplayName("A8 amounts are exact in currencies without and with three decimals")
    void currencies() {
        shop.customer(ADA, "pm_card_visa");
        shop.customer(BOB, "pm_card_visa");
        shop.subscribe(ADA, "team-monthly", 3, "&currency=jpy");
        shop.subscribe(BOB, "team-monthly", 3, "&currency=kwd");

        assertThat(all(ADA).get(0).totals().total()).hasToString("3600 JPY");
        assertThat(all(BOB).get(0).totals().total()).hasToString("12.030 KWD");
        assertThat(all(BOB).get(0).settlement().paid()).isEqualTo(Money.of(12_030, "kwd"));
    }
}
