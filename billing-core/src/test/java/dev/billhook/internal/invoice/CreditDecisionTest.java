package dev.billhook.internal.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.CreditNoteRequest.Line;
import dev.billhook.credit.CreditNoteRequest.Repayment;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceRefusedException.Reason;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.invoice.InvoiceTotals;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway.Order;
import dev.billhook.spi.provider.invoice.CreditGateway.Payment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("C13 What is credited, and where the money goes")
class CreditDecisionTest {
    private static final Instant AT = Instant.parse("2027-01-10T10:00:00Z");

    private static Money usd(long cents) {
        return Money.of(cents, "usd");
    }

    private static InvoiceLine line(String id, long amount, long discount, long tax) {
        return new InvoiceLine(id, id, null, 1, usd(amount), usd(discount), usd(tax), AT, AT, false);
    }

    /** An invoice of 1000 in two lines. */
    private static Invoice invoice(InvoiceStatus status, long credit, long paid, long before, boolean outside) {
        return invoice(
                status, credit, paid, before, outside, List.of(line("il_a", 700, 0, 0), line("il_b", 300, 0, 0)));
    }

    private static Invoice invoice(
            InvoiceStatus status, long credit, long paid, long before, boolean outside, List<InvoiceLine> lines) {
        long subtotal =
                lines.stream().mapToLong(each -> each.amount().minorUnits()).sum();
        long discount =
                lines.stream().mapToLong(each -> each.discount().minorUnits()).sum();
        long tax = lines.stream().mapToLong(each -> each.tax().minorUnits()).sum();
        long total = subtotal - discount + tax;
        long due = total - credit;
        return new Invoice(
                "in_1",
                "A-1",
                status,
                null,
                lines,
                List.of(),
                new InvoiceTotals(usd(subtotal), usd(discount), usd(tax), usd(0), usd(total), usd(credit), usd(due)),
                new Invoice.Settlement(usd(paid), usd(due - paid - before), usd(before), usd(0), outside),
                new Invoice.Dates(AT, AT, null, null, null),
                new Invoice.Links(null, null, null));
    }

    private static Order decide(Invoice invoice, List<Payment> payments, CreditNoteRequest request) {
        return new CreditDecision(invoice, payments, List.of()).decide(request);
    }

    /** refund, balance and outside, in that order. */
    private static List<Long> repaid(Order order) {
        return List.of(
                order.repaid().refunded().minorUnits(),
                order.repaid().balance().minorUnits(),
                order.repaid().outside().minorUnits());
    }

    @ParameterizedTest(name = "paid {0}, {1} by the balance, credited {2} by {3}: {4} {5} {6}")
    @CsvSource({
        // paid, by the balance, credited, how, refund, balance, outside
        "1000, 0, 1000, REFUND, 1000, 0, 0",
        "1000, 0, 250, REFUND, 250, 0, 0",
        "1000, 0, 250, BALANCE, 0, 250, 0",
        "1000, 0, 250, OUTSIDE, 0, 0, 250",
        "600, 400, 1000, REFUND, 600, 400, 0",
        "600, 400, 500, REFUND, 500, 0, 0",
        "600, 0, 400, REFUND, 0, 0, 0",
        "600, 0, 500, REFUND, 100, 0, 0",
        "0, 0, 1000, REFUND, 0, 0, 0",
    })
    @DisplayName("C13 what remains to be paid is lowered first, the rest goes back the way it came")
    void ways(long paid, long balance, long credited, Repayment by, long refund, long toBalance, long outside) {
        Invoice invoice =
                invoice(paid + balance == 1000 ? InvoiceStatus.PAID : InvoiceStatus.OPEN, balance, paid, 0, false);
        List<Payment> payments = paid == 0 ? List.of() : List.of(new Payment("ch_1", usd(paid), usd(0)));

        Order order = decide(
                invoice,
                payments,
                CreditNoteRequest.amount("in_1", usd(credited)).repaidBy(by));

        assertThat(repaid(order)).containsExactly(refund, toBalance, outside);
        assertThat(order.amount()).isEqualTo(usd(credited));
    }

    @Test
    @DisplayName("C13 an untouched invoice is credited line by line, one that gives something back by its amount")
    void wholes() {
        List<Payment> paid = List.of(new Payment("ch_1", usd(1000), usd(0)));
        Order lines = decide(invoice(InvoiceStatus.PAID, 0, 1000, 0, false), paid, CreditNoteRequest.whole("in_1"));
        Order amount = decide(
                invoice(
                        InvoiceStatus.PAID,
                        0,
                        1000,
                        0,
                        false,
                        List.of(line("il_a", 1200, 0, 0), line("il_b", -200, 0, 0))),
                paid,
                CreditNoteRequest.whole("in_1"));
        Order rest = decide(
                invoice(InvoiceStatus.PAID, 0, 1000, 0, false),
                List.of(new Payment("ch_1", usd(1000), usd(100))),
                CreditNoteRequest.whole("in_1"));

        assertThat(lines.amount()).isNull();
        assertThat(lines.lines()).hasSize(2);
        assertThat(amount.amount()).isEqualTo(usd(1000));
        assertThat(rest.amount()).as("what was refunded is not credited again").isEqualTo(usd(900));
    }

    @Test
    @DisplayName("C13 what was paid outside of the provider is not refunded by it")
    void paidOutside() {
        Invoice invoice = invoice(InvoiceStatus.PAID, 0, 1000, 0, true);
        CreditNoteRequest request = CreditNoteRequest.whole("in_1");

        assertThatExceptionOfType(InvoiceRefusedException.class)
                .isThrownBy(() -> decide(invoice, List.of(), request))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_PAID));
        assertThat(repaid(decide(invoice, List.of(), request.repaidBy(Repayment.OUTSIDE))))
                .containsExactly(0L, 0L, 1000L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"DRAFT, NOT_FINAL", "VOID, VOID"})
    @DisplayName("C13 neither a draft nor what is void is credited")
    void notCreditable(InvoiceStatus status, Reason reason) {
        assertThatExceptionOfType(InvoiceRefusedException.class)
                .isThrownBy(() -> decide(invoice(status, 0, 0, 0, false), List.of(), CreditNoteRequest.whole("in_1")))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static LongStream seeds() {
        return new Random().longs(200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("C13 however a line is credited in parts, the parts come to the line, its discount and its tax")
    void partsComeToTheWhole(long seed) {
        Random random = new Random(seed);
        long amount = 1 + random.nextInt(100_000);
        InvoiceLine line = line("il_a", amount, random.nextLong(amount), random.nextLong(amount));
        Invoice invoice = invoice(InvoiceStatus.OPEN, 0, 0, 0, false, List.of(line));
        List<CreditNote> notes = new ArrayList<>();
        long left = amount;
        long total = 0;
        while (left > 0) {
            long part = 1 + random.nextLong(left);
            CreditLines lines = new CreditLines(invoice, notes);
            total += lines.total(lines.of(List.of(Line.of("il_a", usd(part))))).minorUnits();
            notes.add(0, note(part));
            left -= part;
        }

        assertThat(total).isEqualTo(invoice.totals().total().minorUnits());
        assertThatExceptionOfType(InvoiceRefusedException.class)
                .isThrownBy(() -> new CreditLines(invoice, notes).of(List.of(Line.whole("il_a"))))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.AMOUNT_TOO_LARGE));
    }

    private static CreditNote note(long part) {
        Money none = usd(0);
        return new CreditNote(
                "cn_1",
                "A-1-CN",
                "in_1",
                false,
                List.of(new CreditNote.Line("il_a", "il_a", usd(part), none, none)),
                new CreditNote.Totals(usd(part), none, none, none, usd(part), usd(part), none),
                new CreditNote.Repaid(none, none, none),
                null,
                AT);
    }
}
