package dev.billhook.internal.invoice;

import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.CreditNoteRequest.Scope;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceRefusedException.Reason;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway.Line;
import dev.billhook.spi.provider.invoice.CreditGateway.Order;
import dev.billhook.spi.provider.invoice.CreditGateway.Payment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a credit note says and where the money goes, or that there cannot be one; pure. */
final class CreditDecision {
    private final Invoice invoice;
    private final List<Payment> payments;
    private final List<CreditNote> issued;
    private final CreditLines lines;

    /**
     * @param payments what was paid for the invoice at the provider
     * @param notes its credit notes
     */
    CreditDecision(Invoice invoice, List<Payment> payments, List<CreditNote> notes) {
        this.invoice = invoice;
        this.payments = payments;
        this.issued = notes.stream().filter(note -> !note.voided()).toList();
        this.lines = new CreditLines(invoice, issued);
    }

    /**
     * The credit note.
     *
     * @throws InvoiceRefusedException if the invoice is not final, or less is left than is to be credited
     */
    Order decide(CreditNoteRequest request) {
        if (invoice.status() == InvoiceStatus.DRAFT) {
            throw refused(Reason.NOT_FINAL, "is a draft", "wait until it is final, or change what it is made of");
        }
        if (invoice.status() == InvoiceStatus.VOID) {
            throw refused(Reason.VOID, "is void", "there is nothing to take back");
        }
        Money left = left();
        Scope scope = request.scope();
        List<Line> credited = scope instanceof Scope.Lines named
                ? lines.of(named.lines())
                : scope instanceof Scope.Rest && untouched() && lines.allCreditable() ? lines.whole() : List.of();
        Money amount =
                scope instanceof Scope.Amount part ? part.amount() : credited.isEmpty() ? left : lines.total(credited);
        requireLeft(amount, left);
        return new Order(
                invoice.id(),
                credited.isEmpty() ? amount : null,
                credited,
                repaid(amount, request.repayment()),
                request.reason(),
                request.memo(),
                List.of());
    }

    /** What of the invoice's total was neither credited nor refunded yet. */
    Money left() {
        return invoice.totals()
                .total()
                .minus(invoice.settlement().creditedBefore())
                .minus(invoice.settlement().creditedAfter())
                .minus(refundedWithoutNote());
    }

    /**
     * How much is refunded; all that is left of its payments if no amount is given.
     *
     * @throws InvoiceRefusedException if as much is not left
     */
    Money refundable(@Nullable Money amount) {
        Money left = money(leftOfPayments());
        if (left.minorUnits() == 0) {
            throw refused(
                    Reason.NOT_PAID,
                    "has no payment of which anything is left to refund",
                    "credit it to the balance, or pay it back outside of the provider");
        }
        if (amount == null) {
            return left;
        }
        requireCurrency(amount);
        if (amount.minorUnits() > left.minorUnits()) {
            throw refused(
                    Reason.AMOUNT_TOO_LARGE,
                    "has no payments of which " + amount + " is left to refund",
                    "refund at most " + left);
        }
        return amount;
    }

    private long leftOfPayments() {
        return payments.stream()
                .mapToLong(payment -> Math.max(0, payment.left().minorUnits()))
                .sum();
    }

    private boolean untouched() {
        return issued.isEmpty() && refundedWithoutNote().minorUnits() == 0;
    }

    private Money refundedWithoutNote() {
        long refunded = payments.stream()
                .mapToLong(payment -> payment.refunded().minorUnits())
                .sum();
        long byNotes = issued.stream()
                .mapToLong(note -> note.repaid().refunded().minorUnits())
                .sum();
        return money(Math.max(0, refunded - byNotes));
    }

    /** What remains to be paid is lowered first; what exceeds it was paid. */
    private CreditNote.Repaid repaid(Money amount, CreditNoteRequest.Repayment by) {
        long after = Math.max(0, amount.minus(invoice.settlement().remaining()).minorUnits());
        return switch (by) {
            case REFUND -> refunded(after);
            case BALANCE -> new CreditNote.Repaid(money(0), money(after), money(0));
            case OUTSIDE -> new CreditNote.Repaid(money(0), money(0), money(after));
        };
    }

    /** What the credit balance had paid goes back there. */
    private CreditNote.Repaid refunded(long after) {
        long refund = Math.min(after, leftOfPayments());
        long rest = after - refund;
        if (rest > Math.max(0, invoice.totals().credit().minorUnits())) {
            throw refused(
                    Reason.NOT_PAID,
                    "has no payments of which " + money(after) + " is left to refund",
                    "credit the balance (Repayment.BALANCE) or pay it back yourself (Repayment.OUTSIDE)");
        }
        return new CreditNote.Repaid(money(refund), money(rest), money(0));
    }

    private void requireLeft(Money amount, Money left) {
        requireCurrency(amount);
        if (amount.minorUnits() > left.minorUnits() || amount.minorUnits() <= 0) {
            throw refused(
                    Reason.AMOUNT_TOO_LARGE,
                    "has " + left + " left to credit" + (amount.minorUnits() > 0 ? ", not " + amount : ""),
                    "credit at most what is left");
        }
    }

    private void requireCurrency(Money amount) {
        if (!amount.currency().equals(invoice.totals().total().currency())) {
            throw refused(
                    Reason.CURRENCY,
                    "is in " + invoice.totals().total().currency().getCurrencyCode() + ", not in "
                            + amount.currency().getCurrencyCode(),
                    "give the amount in the invoice's currency");
        }
    }

    private Money money(long minorUnits) {
        return Money.of(minorUnits, invoice.totals().total().currency());
    }

    private InvoiceRefusedException refused(Reason reason, String problem, String remedy) {
        return new InvoiceRefusedException(reason, "Invoice " + invoice.id() + " " + problem, remedy);
    }
}
