package dev.billhook.stripe;

import static dev.billhook.stripe.testing.Storefront.ADA;
import static dev.billhook.stripe.testing.Storefront.BOB;
import static dev.billhook.stripe.testing.Storefront.assertRefused;
import static dev.billhook.stripe.testing.Storefront.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.CreditNoteRequest.Line;
import dev.billhook.credit.CreditNoteRequest.Repayment;
import dev.billhook.credit.Refund;
import dev.billhook.credit.RefundRequest;
import dev.billhook.error.ProviderException;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.invoice.InvoiceRefusedException.Reason;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.money.Money;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.Storefront;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C13 Credit notes and refunds")
class CreditNotesTest {
    @AutoClose
    private final Storefront shop = new Storefront();

    private final InvoiceService invoices = shop.billing().invoices();

    private Invoice latest() {
        return invoices.list(ADA, InvoiceQuery.newest()).invoices().get(0);
    }

    private Invoice paid(String form) {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "team-monthly", 3, "&items[1][price]=" + shop.price("storage-monthly") + form);
        assertThat(latest().status()).isEqualTo(InvoiceStatus.PAID);
        return latest();
    }

    private Invoice open() {
        paid("");
        shop.card(ADA, "pm_card_chargeCustomerFail");
        shop.renew(ADA);
        assertThat(latest().status()).isEqualTo(InvoiceStatus.OPEN);
        return latest();
    }

    private static InvoiceLine line(Invoice invoice, String word) {
        return invoice.lines().stream()
                .filter(line -> line.description().contains(word))
                .findFirst()
                .orElseThrow();
    }

    private long balance() {
        String customer = shop.get("/v1/customers/" + shop.customerOf(ADA));
        return Long.parseLong(customer.replaceFirst("(?s).*\"balance\"\\s*:\\s*(-?\\d+).*", "$1"));
    }

    @Test
    @DisplayName("C13 a paid invoice credited in full is refunded, line by line, and the note has a document")
    void wholePaid() {
        Invoice invoice = paid("");

        CreditNote note = invoices.credit(
                ADA,
                CreditNoteRequest.whole(invoice.id())
                        .because(CreditNoteRequest.Reason.DUPLICATE)
                        .withMemo("Charged twice"));

        assertThat(note.lines()).hasSize(2);
        assertThat(note.totals().total()).isEqualTo(usd(4100));
        assertThat(note.totals().after()).isEqualTo(usd(4100));
        assertThat(note.repaid()).isEqualTo(new CreditNote.Repaid(usd(4100), usd(0), usd(0)));
        assertThat(note.number()).isNotBlank();
        assertThat(note.pdf()).isNotNull();
        assertThat(latest().settlement().creditedAfter()).isEqualTo(usd(4100));
        assertThat(latest().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(invoices.credits(ADA, invoice.id())).containsExactly(note);
        shop.settle();
        assertThat(shop.told()).contains("RefundIssued");
    }

    @Test
    @DisplayName("C13 a part of a paid invoice goes to the balance or is paid back by the host")
    void otherWays() {
        Invoice invoice = paid("");

        CreditNote balance = invoices.credit(
                ADA, CreditNoteRequest.amount(invoice.id(), usd(1000)).repaidBy(Repayment.BALANCE));
        CreditNote outside = invoices.credit(
                ADA, CreditNoteRequest.amount(invoice.id(), usd(100)).repaidBy(Repayment.OUTSIDE));

        assertThat(balance.repaid()).isEqualTo(new CreditNote.Repaid(usd(0), usd(1000), usd(0)));
        assertThat(outside.repaid()).isEqualTo(new CreditNote.Repaid(usd(0), usd(0), usd(100)));
        assertThat(balance()).isEqualTo(-1000);
        assertThat(invoices.credits(ADA, invoice.id())).containsExactly(outside, balance);
    }

    @Test
    @DisplayName("C13 a credit note lowers what an open invoice still asks for, and can be taken back")
    void openInPart() {
        Invoice invoice = open();

        CreditNote note = invoices.credit(ADA, CreditNoteRequest.amount(invoice.id(), usd(1100)));

        assertThat(note.totals().before()).isEqualTo(usd(1100));
        assertThat(note.totals().after()).isEqualTo(usd(0));
        assertThat(latest().settlement().remaining()).isEqualTo(usd(3000));
        assertThat(latest().settlement().creditedBefore()).isEqualTo(usd(1100));
        assertThat(latest().totals()).isEqualTo(invoice.totals());

        CreditNote taken = invoices.voidCredit(ADA, invoice.id(), Objects.requireNonNull(note.id()));

        assertThat(taken.voided()).isTrue();
        assertThat(latest().settlement()).isEqualTo(invoice.settlement());
        assertRefused(
                Reason.NOTE_NOT_VOIDABLE,
                () -> invoices.voidCredit(ADA, invoice.id(), Objects.requireNonNull(note.id())));
    }

    @Test
    @DisplayName("C13 an open invoice credited in full is paid, and the subscription goes on")
    void openInFull() {
        Invoice invoice = open();
        assertThat(shop.subscription(ADA).status()).isEqualTo(SubscriptionStatus.PAST_DUE);

        CreditNote note = invoices.credit(ADA, CreditNoteRequest.whole(invoice.id()));

        assertThat(note.totals().before()).isEqualTo(usd(4100));
        assertThat(note.repaid()).isEqualTo(new CreditNote.Repaid(usd(0), usd(0), usd(0)));
        assertThat(latest().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(shop.subscription(ADA).status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    @DisplayName("C13 lines are credited with their shares of discounts and tax, until nothing is left of them")
    void lines() {
        shop.post("/v1/coupons", "id=third&percent_off=33.3&duration=forever");
        String vat = shop.post("/v1/tax_rates", "display_name=VAT&percentage=19&inclusive=false");
        Invoice invoice = paid("&discounts[0][coupon]=third&default_tax_rates[0]=" + vat);
        InvoiceLine team = line(invoice, "Team");

        CreditNote part = invoices.credit(ADA, CreditNoteRequest.lines(invoice.id(), Line.of(team.id(), usd(1001))));
        CreditNote rest = invoices.credit(ADA, CreditNoteRequest.lines(invoice.id(), Line.whole(team.id())));

        assertThat(part.lines()).singleElement().satisfies(line -> {
            assertThat(line.invoiceLineId()).isEqualTo(team.id());
            assertThat(line.amount()).isEqualTo(usd(1001));
            assertThat(line.discount().minorUnits()).isPositive();
            assertThat(line.tax().minorUnits()).isPositive();
        });
        assertThat(part.totals().total().plus(rest.totals().total()))
                .isEqualTo(team.amount().minus(team.discount()).plus(team.tax()));
        assertRefused(
                Reason.AMOUNT_TOO_LARGE,
                () -> invoices.credit(ADA, CreditNoteRequest.lines(invoice.id(), Line.whole(team.id()))));
        CreditNote last = invoices.credit(ADA, CreditNoteRequest.whole(invoice.id()));
        assertThat(part.totals()
                        .total()
                        .plus(rest.totals().total())
                        .plus(last.totals().total()))
                .isEqualTo(invoice.totals().total());
        assertRefused(Reason.AMOUNT_TOO_LARGE, () -> invoices.credit(ADA, CreditNoteRequest.whole(invoice.id())));
    }

    @Test
    @DisplayName("C13 the preview is what the note then is, and changes nothing")
    void preview() {
        Invoice invoice = paid("");
        CreditNoteRequest request = CreditNoteRequest.lines(
                invoice.id(), Line.of(line(invoice, "Storage").id(), usd(250)));

        CreditNote preview = invoices.previewCredit(ADA, request);

        assertThat(preview.id()).isNull();
        assertThat(preview.pdf()).isNull();
        assertThat(invoices.credits(ADA, invoice.id())).isEmpty();
        assertThat(latest()).isEqualTo(invoice);
        CreditNote note = invoices.credit(ADA, request);
        assertThat(note.totals()).isEqualTo(preview.totals());
        assertThat(note.repaid()).isEqualTo(preview.repaid());
        assertThat(note.lines()).isEqualTo(preview.lines());
    }

    @Test
    @DisplayName("C13 what the credit balance had paid goes back to the balance")
    void balancePaid() {
        String customer = shop.customer(ADA, "pm_card_visa");
        shop.post("/v1/customers/" + customer + "/balance_transactions", "amount=-1000&currency=usd");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        assertThat(balance()).isZero();

        CreditNote note = invoices.credit(ADA, CreditNoteRequest.whole(latest().id()));

        assertThat(note.repaid()).isEqualTo(new CreditNote.Repaid(usd(1900), usd(1000), usd(0)));
        assertThat(balance()).isEqualTo(-1000);
    }

    @Test
    @DisplayName("C13 what cannot be credited is refused before anything is asked of Stripe")
    void refused() {
        Invoice invoice = paid("");
        String id = invoice.id();

        assertRefused(Reason.AMOUNT_TOO_LARGE, () -> invoices.credit(ADA, CreditNoteRequest.amount(id, usd(4101))));
        assertRefused(Reason.CURRENCY, () -> invoices.credit(ADA, CreditNoteRequest.amount(id, Money.of(1, "eur"))));
        assertRefused(
                Reason.UNKNOWN_LINE, () -> invoices.credit(ADA, CreditNoteRequest.lines(id, Line.whole("il_unknown"))));
        invoices.refund(ADA, RefundRequest.amount(id, usd(4000)));
        assertRefused(Reason.AMOUNT_TOO_LARGE, () -> invoices.credit(ADA, CreditNoteRequest.amount(id, usd(101))));
        assertThat(invoices.credits(ADA, id)).isEmpty();
    }

    @Test
    @DisplayName("C13 a credit note or refund that is asked for twice with one key is made once")
    void repeated() {
        Invoice invoice = paid("");
        RequestKey credit = RequestKey.random();
        RequestKey refund = RequestKey.random();

        CreditNote note = invoices.credit(ADA, CreditNoteRequest.amount(invoice.id(), usd(100)), credit);
        Refund given = invoices.refund(ADA, RefundRequest.whole(invoice.id()), refund);

        assertThat(invoices.credit(ADA, CreditNoteRequest.amount(invoice.id(), usd(100)), credit))
                .isEqualTo(note);
        assertThat(invoices.refund(ADA, RefundRequest.whole(invoice.id()), refund))
                .isEqualTo(given);
        assertThat(given.amount()).isEqualTo(usd(4000));
        assertThat(invoices.credits(ADA, invoice.id())).hasSize(1);
    }

    @Test
    @DisplayName("C13 a payment is refunded in parts, for a reason, and never beyond what was paid")
    void refunds() {
        Invoice invoice = paid("");

        Refund first = invoices.refund(
                ADA, RefundRequest.amount(invoice.id(), usd(1500)).because(RefundRequest.Reason.REQUESTED_BY_CUSTOMER));
        assertThat(first.amount()).isEqualTo(usd(1500));
        assertThat(first.status()).isEqualTo(Refund.Status.SUCCEEDED);
        assertRefused(
                Reason.AMOUNT_TOO_LARGE, () -> invoices.refund(ADA, RefundRequest.amount(invoice.id(), usd(2601))));
        assertRefused(
                Reason.CURRENCY, () -> invoices.refund(ADA, RefundRequest.amount(invoice.id(), Money.of(1, "jpy"))));

        assertThat(invoices.refund(ADA, RefundRequest.whole(invoice.id())).amount())
                .isEqualTo(usd(2600));

        assertRefused(Reason.NOT_PAID, () -> invoices.refund(ADA, RefundRequest.whole(invoice.id())));
        assertThat(latest().status()).as("a refund alone leaves the invoice").isEqualTo(InvoiceStatus.PAID);
    }

    /** An invoice of 41.00 of which 15.00 were paid by one payment, the rest by another. */
    private Invoice paidTwice() {
        Invoice invoice = open();
        String intent = shop.post(
                "/v1/payment_intents",
                "amount=1500&currency=usd&confirm=true&off_session=true&payment_method=pm_card_visa&customer="
                        + shop.customerOf(ADA));
        shop.post("/v1/invoices/" + invoice.id() + "/attach_payment", "payment_intent=" + intent);
        assertThat(latest().settlement().remaining()).isEqualTo(usd(2600));
        shop.card(ADA, "pm_card_visa");
        shop.advance(Duration.ofHours(1));
        invoices.pay(ADA, invoice.id());
        assertThat(latest().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(latest().settlement().paid()).isEqualTo(usd(4100));
        return latest();
    }

    @Test
    @DisplayName("C13 of an invoice that was paid in two payments, each is refunded its share, the latest first")
    void severalPayments() {
        Invoice invoice = paidTwice();
        RequestKey key = RequestKey.random();

        assertThat(invoices.refund(ADA, RefundRequest.amount(invoice.id(), usd(1000)))
                        .parts())
                .as("the latest alone has as much")
                .hasSize(1);
        assertRefused(
                Reason.AMOUNT_TOO_LARGE, () -> invoices.refund(ADA, RefundRequest.amount(invoice.id(), usd(3101))));
        Refund rest = invoices.refund(ADA, RefundRequest.whole(invoice.id()), key);

        assertThat(rest.amount()).isEqualTo(usd(3100));
        assertThat(rest.status()).isEqualTo(Refund.Status.SUCCEEDED);
        assertThat(rest.parts()).extracting(Refund.Part::amount).containsExactly(usd(1600), usd(1500));
        assertThat(invoices.refund(ADA, RefundRequest.whole(invoice.id()), key).amount())
                .as("repeated")
                .isEqualTo(usd(3100));
        assertRefused(Reason.NOT_PAID, () -> invoices.refund(ADA, RefundRequest.whole(invoice.id())));
    }

    @Test
    @DisplayName(
            "C5 C13 a refund of two payments whose second part failed is completed when it is repeated with its key")
    void secondPartFailed() {
        Invoice invoice = paidTwice();
        RequestKey key = RequestKey.random();
        shop.simulator().faults().plan(1, Fault.late(Duration.ZERO).forMethod("POST"));
        shop.simulator().faults().plan(1, Fault.error(400).forMethod("POST"));

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> invoices.refund(ADA, RefundRequest.amount(invoice.id(), usd(3000)), key));
        Refund refund = invoices.refund(ADA, RefundRequest.amount(invoice.id(), usd(3000)), key);

        assertThat(refund.parts()).extracting(Refund.Part::amount).containsExactly(usd(2600), usd(400));
        assertThat(invoices.refund(ADA, RefundRequest.whole(invoice.id())).amount())
                .as("nothing went back twice")
                .isEqualTo(usd(1100));
    }

    @Test
    @DisplayName("C13 a note over two payments gives both back, as its preview says, also when it failed halfway")
    void noteOverPayments() {
        Invoice invoice = paidTwice();
        RequestKey key = RequestKey.random();
        CreditNoteRequest request = CreditNoteRequest.whole(invoice.id());
        CreditNote shown = invoices.previewCredit(ADA, request);
        shop.simulator().faults().plan(2, Fault.late(Duration.ZERO).forMethod("POST"));
        shop.simulator().faults().plan(1, Fault.error(400).forMethod("POST"));

        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> invoices.credit(ADA, request, key));
        CreditNote note = invoices.credit(ADA, request, key);

        assertThat(note.totals()).isEqualTo(shown.totals());
        assertThat(note.repaid()).isEqualTo(shown.repaid());
        assertThat(note.repaid()).isEqualTo(new CreditNote.Repaid(usd(4100), usd(0), usd(0)));
        assertThat(invoices.credit(ADA, request, key)).isEqualTo(note);
        assertRefused(Reason.NOT_PAID, () -> invoices.refund(ADA, RefundRequest.whole(invoice.id())));
    }

    @Test
    @DisplayName(
            "C13 what a card and the credit balance paid: the card's part is refunded, the note gives each its own")
    void balanceAndCard() {
        String customer = shop.customer(ADA, "pm_card_visa");
        shop.post("/v1/customers/" + customer + "/balance_transactions", "amount=-1000&currency=usd");
        shop.subscribe(ADA, "pro-monthly", 1, "");
        Invoice invoice = latest();

        assertThat(invoices.refund(ADA, RefundRequest.amount(invoice.id(), usd(900)))
                        .amount())
                .isEqualTo(usd(900));
        assertRefused(
                Reason.AMOUNT_TOO_LARGE, () -> invoices.refund(ADA, RefundRequest.amount(invoice.id(), usd(1001))));
        CreditNote rest = invoices.credit(ADA, CreditNoteRequest.whole(invoice.id()));

        assertThat(rest.repaid()).isEqualTo(new CreditNote.Repaid(usd(1000), usd(1000), usd(0)));
        assertThat(balance()).isEqualTo(-1000);
    }

    @Test
    @DisplayName("C13 an open invoice has nothing to refund, a void one nothing to credit")
    void nothingPaid() {
        Invoice invoice = open();

        assertRefused(Reason.NOT_PAID, () -> invoices.refund(ADA, RefundRequest.whole(invoice.id())));
        invoices.voidInvoice(ADA, invoice.id());
        assertRefused(Reason.VOID, () -> invoices.credit(ADA, CreditNoteRequest.whole(invoice.id())));
    }

    @Test
    @DisplayName("C13 nobody credits, refunds or voids what is another account's")
    void others() {
        Invoice invoice = open();
        shop.customer(BOB, "pm_card_visa");
        CreditNote note = invoices.credit(ADA, CreditNoteRequest.amount(invoice.id(), usd(100)));
        List<Runnable> calls = List.of(
                () -> invoices.credit(BOB, CreditNoteRequest.whole(invoice.id())),
                () -> invoices.previewCredit(BOB, CreditNoteRequest.whole(invoice.id())),
                () -> invoices.credits(BOB, invoice.id()),
                () -> invoices.voidCredit(BOB, invoice.id(), Objects.requireNonNull(note.id())),
                () -> invoices.refund(BOB, RefundRequest.whole(invoice.id())),
                () -> invoices.voidCredit(ADA, invoice.id(), "cn_unknown"));

        for (Runnable call : calls) {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(call::run);
        }
    }

    @Test
    @DisplayName("A8 credits and refunds are exact in currencies without and with three decimals")
    void currencies() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "team-monthly", 3, "&currency=jpy");
        Invoice yen = latest();

        CreditNote note = invoices.credit(ADA, CreditNoteRequest.amount(yen.id(), Money.of(1, "jpy")));
        Refund refund = invoices.refund(ADA, RefundRequest.whole(yen.id()));

        assertThat(note.totals().total()).hasToString("1 JPY");
        assertThat(refund.amount()).hasToString("3599 JPY");

        shop.customer(BOB, "pm_card_visa");
        shop.subscribe(BOB, "team-monthly", 3, "&currency=kwd");
        Invoice dinar = invoices.list(BOB, InvoiceQuery.newest()).invoices().get(0);
        assertThat(invoices.refund(BOB, RefundRequest.amount(dinar.id(), Money.of(2_030, "kwd")))
                        .amount())
                .hasToString("2.030 KWD");
        assertThat(invoices.credit(BOB, CreditNoteRequest.whole(dinar.id()))
                        .totals()
                        .total())
                .hasToString("10.000 KWD");
    }
}
