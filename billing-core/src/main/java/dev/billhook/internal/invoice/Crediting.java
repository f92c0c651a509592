package dev.billhook.internal.invoice;

import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.Refund;
import dev.billhook.credit.RefundRequest;
import dev.billhook.internal.invoice.Repaying.Paid;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway;
import dev.billhook.spi.provider.invoice.CreditGateway.Made;
import java.util.List;

/** Takes back what invoices charged. The invoices given were checked to be the account's. */
final class Crediting {
    private final CreditGateway gateway;
    private final Repaying repaying;

    Crediting(CreditGateway gateway) {
        this.gateway = gateway;
        this.repaying = new Repaying(gateway);
    }

    CreditNote preview(Invoice invoice, CreditNoteRequest request) {
        Paid paid = repaying.paid(invoice.id(), RequestKey.random());
        return repaying.preview(decision(invoice, paid).decide(request), paid);
    }

    /** A repeated call finds nothing left of what the first one credited, and answers that. */
    CreditNote issue(Invoice invoice, CreditNoteRequest request, RequestKey key) {
        Paid paid = repaying.paid(invoice.id(), key);
        CreditGateway.Order order;
        try {
            order = decision(invoice, paid).decide(request);
        } catch (InvoiceRefusedException e) {
            return gateway.findNote(invoice.id(), key).orElseThrow(() -> e);
        }
        return repaying.issue(order, paid, key, key);
    }

    List<CreditNote> notes(Invoice invoice) {
        return gateway.notes(invoice.id());
    }

    CreditNote voidNote(Invoice invoice, String noteId, RequestKey key) {
        CreditNote note = notes(invoice).stream()
                .filter(each -> noteId.equals(each.id()))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "credit note of invoice " + invoice.id(),
                        noteId,
                        "List the invoice's notes: billing.invoices().credits(…)."));
        boolean paidBack = note.totals().after().minorUnits() > 0;
        if (note.voided() || paidBack || invoice.status() != InvoiceStatus.OPEN) {
            throw new InvoiceRefusedException(
                    InvoiceRefusedException.Reason.NOTE_NOT_VOIDABLE,
                    "Credit note " + noteId
                            + (note.voided()
                                    ? " is void already"
                                    : paidBack ? " gave money back" : " is of an invoice that is not open"),
                    "charge what is due by another invoice");
        }
        return gateway.voidNote(noteId, key);
    }

    /** A repeated call answers the first one's refund, like {@link #issue}. */
    Refund refund(Invoice invoice, RefundRequest request, RequestKey key) {
        Paid paid = repaying.paid(invoice.id(), key);
        Money amount;
        try {
            amount = decision(invoice, paid).refundable(request.amount());
        } catch (InvoiceRefusedException e) {
            List<Made> before = gateway.refunds(invoice.id(), key);
            if (before.isEmpty()) {
                throw e;
            }
            return told(before);
        }
        return told(repaying.refund(paid, amount, request.reason(), key, key));
    }

    private static Refund told(List<Made> made) {
        return new Refund(made.stream().map(Made::part).toList());
    }

    private CreditDecision decision(Invoice invoice, Paid paid) {
        return new CreditDecision(invoice, paid.payments(), gateway.notes(invoice.id()));
    }
}
