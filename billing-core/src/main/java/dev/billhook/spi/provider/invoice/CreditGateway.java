package dev.billhook.spi.provider.invoice;

import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.Refund;
import dev.billhook.credit.RefundRequest;
import dev.billhook.money.Money;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Credit notes and refunds at the provider.
 *
 * @since 0.1.0
 */
public interface CreditGateway {
    /** What was paid for an invoice at the provider, newest first. */
    List<Payment> payments(String invoiceId);

    /** All credit notes of an invoice, newest first, with all their lines. */
    List<CreditNote> notes(String invoiceId);

    /** The note of an invoice that was issued with this key or by this name, if there is one. */
    Optional<CreditNote> findNote(String invoiceId, RequestKey key);

    /** The refunds of an invoice's payments that were made by this name. */
    List<Made> refunds(String invoiceId, RequestKey name);

    /** The refund of a payment that was made by this name, if there is one. */
    Optional<Made> findRefund(String paymentId, RequestKey name);

    /** What the note would be. Writes nothing. */
    CreditNote preview(Order order);

    /** Issues the note, and gives back what was paid. */
    default CreditNote issue(Order order, RequestKey key) {
        return issue(order, key, key);
    }

    /**
     * The same, by a name.
     *
     * @param name what {@link #findNote} finds it by, whatever key it was issued with
     */
    CreditNote issue(Order order, RequestKey name, RequestKey key);

    /** Takes a note back. */
    CreditNote voidNote(String creditNoteId, RequestKey key);

    /**
     * Gives back a part of a payment.
     *
     * @param name what {@link #refunds} finds it by
     */
    Made refund(String paymentId, Money amount, RefundRequest.@Nullable Reason reason, RequestKey name, RequestKey key);

    /**
     * A refund, and of which payment.
     *
     * @param paymentId {@link Payment#id()}
     * @param part what was given back
     */
    record Made(String paymentId, Refund.Part part) {}

    /**
     * A payment that succeeded.
     *
     * @param id the provider's id
     * @param amount how much was paid
     * @param refunded how much of it went back
     */
    record Payment(String id, Money amount, Money refunded) {
        /** What can still be given back. */
        public Money left() {
            return amount.minus(refunded);
        }
    }

    /**
     * A credit note as it was decided.
     *
     * @param invoiceId the invoice
     * @param amount the part of the invoice's total, or null if lines are credited
     * @param lines the lines, each with its amount before discounts and tax on top; empty if a part of the total is credited
     * @param repaid where what was paid goes; all three of the invoice's currency
     * @param reason why, or null
     * @param memo a line that is printed on the note, or null
     * @param made refunds that were made for the note already and come to what it says is refunded; empty if it makes its own
     */
    record Order(
            String invoiceId,
            @Nullable Money amount,
            List<Line> lines,
            CreditNote.Repaid repaid,
            CreditNoteRequest.@Nullable Reason reason,
            @Nullable String memo,
            List<Made> made) {
        /** Copies the lists. */
        public Order {
            lines = List.copyOf(lines);
            made = List.copyOf(made);
        }

        /** The same with refunds that were made already. */
        public Order with(List<Made> refunds) {
            return new Order(invoiceId, amount, lines, repaid, reason, memo, refunds);
        }

        /** The same with the money going elsewhere. */
        public Order repaidBy(CreditNote.Repaid other) {
            return new Order(invoiceId, amount, lines, other, reason, memo, made);
        }
    }

    /**
     * A credited line.
     *
     * @param lineId the invoice's line
     * @param amount how much of its amount
     */
    record Line(String lineId, Money amount) {}
}
