package dev.billhook.internal.invoice;

import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.Refund;
import dev.billhook.credit.RefundRequest;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway;
import java.util.List;

/** Takes back what invoices charged. The invoices given were checked to be the account's. */
final class Crediting {
    private final CreditGateway gateway;

    Crediting(CreditGateway gateway) {
        this.gateway = gateway;
    }

    CreditNote preview(Invoice invoice, CreditNoteRequest request) {
        return gateway.preview(decision(invoice).decide(request));
    }

    /** A repeated call finds nothing left of what the first one credited, and answers that. */
    CreditNote issue(Invoice invoice, CreditNoteRequest request, RequestKey key) {
        CreditGateway.Order order;
        try {
            order = decision(invoice).decide(request);
        } catch (InvoiceRefusedException e) {
            return gateway.findNote(invoice.id(), key).orElseThrow(() -> e);
        }
        return gateway.issue(order, key);
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
        CreditGateway.Payment payment;
        try {
            payment = decision(invoice).refundable(request.amount());
        } catch (InvoiceRefusedException e) {
            return gateway.findRefund(invoice.id(), key).orElseThrow(() -> e);
        }
        Money amount = request.amount() == null ? payment.left() : request.amount();
        return gateway.refund(payment.id(), amount, request.reason(), key);
    }

    private CreditDecision decision(Invoice invoice) {
        return new CreditDecision(invoice, gateway.payments(invoice.id()), gateway.notes(invoice.id()));
    }
}
