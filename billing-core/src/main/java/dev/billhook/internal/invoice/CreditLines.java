package dev.billhook.internal.invoice;

import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceRefusedException.Reason;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;

/**
 * What of an invoice's lines is left to credit, and what crediting them comes to: a part of a line takes its share of the
 * line's discounts and tax, so that all parts together take all of them. Source: Stripe, "Credit notes".
 */
final class CreditLines {
    private final Invoice invoice;
    private final List<CreditNote> issued;

    CreditLines(Invoice invoice, List<CreditNote> issued) {
        this.invoice = invoice;
        this.issued = issued;
    }

    /** Whether the lines together are the invoice: none gives anything back. */
    boolean allCreditable() {
        return invoice.lines().stream().noneMatch(line -> line.amount().minorUnits() < 0);
    }

    /** All lines that charge anything. */
    List<Line> whole() {
        return invoice.lines().stream()
                .filter(line -> line.amount().minorUnits() > 0)
                .map(line -> new Line(line.id(), line.amount()))
                .toList();
    }

    /**
     * The lines that were asked for, each with its amount.
     *
     * @throws InvoiceRefusedException if one is not the invoice's, or less is left of it
     */
    List<Line> of(List<CreditNoteRequest.Line> asked) {
        return asked.stream().map(this::line).toList();
    }

    /** What crediting these lines comes to, tax included. */
    Money total(List<Line> credited) {
        long total = credited.stream()
                .mapToLong(line -> total(source(line.lineId()), line.amount().minorUnits()))
                .sum();
        return Money.of(total, invoice.totals().total().currency());
    }

    private Line line(CreditNoteRequest.Line asked) {
        InvoiceLine source = source(asked.lineId());
        Money left =
                source.amount().minus(Money.of(earlier(source), source.amount().currency()));
        Money amount = asked.amount() == null ? left : asked.amount();
        if (!amount.currency().equals(left.currency())) {
            throw refused(
                    Reason.CURRENCY,
                    "is in " + left.currency().getCurrencyCode() + ", not in "
                            + amount.currency().getCurrencyCode(),
                    "give the amount in the invoice's currency");
        }
        if (amount.minorUnits() <= 0 || amount.minorUnits() > left.minorUnits()) {
            throw refused(
                    Reason.AMOUNT_TOO_LARGE,
                    "has " + left + " left to credit on line " + source.id(),
                    "credit at most what is left");
        }
        return new Line(source.id(), amount);
    }

    private InvoiceLine source(String lineId) {
        return invoice.line(lineId)
                .filter(line -> line.amount().minorUnits() > 0)
                .orElseThrow(() -> refused(
                        Reason.UNKNOWN_LINE,
                        "has no line " + lineId + " that charges anything",
                        "name one of its lines with an amount above zero"));
    }

    private long total(InvoiceLine line, long part) {
        long before = earlier(line);
        long whole = line.amount().minorUnits();
        long onTop =
                invoice.totals().taxIncluded().minorUnits() == 0 ? line.tax().minorUnits() : 0;
        return part - share(line.discount().minorUnits(), before, part, whole) + share(onTop, before, part, whole);
    }

    /** What earlier notes credited of the line. */
    private long earlier(InvoiceLine line) {
        return issued.stream()
                .flatMap(note -> note.lines().stream())
                .filter(credited -> Objects.equals(credited.invoiceLineId(), line.id()))
                .mapToLong(credited -> credited.amount().minorUnits())
                .sum();
    }

    private static long share(long sum, long before, long part, long whole) {
        return upTo(sum, before + part, whole) - upTo(sum, before, whole);
    }

    private static long upTo(long sum, long part, long whole) {
        return BigDecimal.valueOf(sum)
                .multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private InvoiceRefusedException refused(Reason reason, String problem, String remedy) {
        return new InvoiceRefusedException(reason, "Invoice " + invoice.id() + " " + problem, remedy);
    }
}
