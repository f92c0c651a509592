package dev.billhook.credit;

import dev.billhook.money.Money;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a credit note against an invoice. It first lowers what remains to be paid; what exceeds that was paid and is given
 * back. Source: Stripe, "Credit notes".
 *
 * @param invoiceId the invoice
 * @param scope what of it is credited
 * @param repayment how what was paid is given back
 * @param reason why, or null if none of the reasons fits
 * @param memo a line that is printed on the note, or null
 * @since 0.1.0
 */
public record CreditNoteRequest(
        String invoiceId,
        Scope scope,
        Repayment repayment,
        @Nullable Reason reason,
        @Nullable String memo) {
    /** For everything that is left of the invoice; what was paid is refunded. */
    public static CreditNoteRequest whole(String invoiceId) {
        return of(invoiceId, new Scope.Rest());
    }

    /**
     * For a part of the invoice's total, without saying of which line; what was paid is refunded.
     *
     * @throws IllegalArgumentException if the amount is not greater than zero
     */
    public static CreditNoteRequest amount(String invoiceId, Money amount) {
        return of(invoiceId, new Scope.Amount(amount));
    }

    /**
     * For lines of the invoice, with their shares of discounts and tax; what was paid is refunded.
     *
     * @throws IllegalArgumentException if there are none, or one twice
     */
    public static CreditNoteRequest lines(String invoiceId, Line... lines) {
        return of(invoiceId, new Scope.Lines(List.of(lines)));
    }

    private static CreditNoteRequest of(String invoiceId, Scope scope) {
        return new CreditNoteRequest(invoiceId, scope, Repayment.REFUND, null, null);
    }

    /** The same with another way of giving back what was paid. */
    public CreditNoteRequest repaidBy(Repayment newRepayment) {
        return new CreditNoteRequest(invoiceId, scope, newRepayment, reason, memo);
    }

    /** The same for a reason. */
    public CreditNoteRequest because(Reason newReason) {
        return new CreditNoteRequest(invoiceId, scope, repayment, newReason, memo);
    }

    /** The same with a printed line. */
    public CreditNoteRequest withMemo(String newMemo) {
        return new CreditNoteRequest(invoiceId, scope, repayment, reason, newMemo);
    }

    /** What of the invoice is credited. */
    public sealed interface Scope {
        /** All that is left. */
        record Rest() implements Scope {}

        /**
         * A part of the total.
         *
         * @param amount how much, tax included; greater than zero
         */
        record Amount(Money amount) implements Scope {
            /**
             * @throws IllegalArgumentException if the amount is not greater than zero
             */
            public Amount {
                requirePositive(amount);
            }
        }

        /**
         * Lines.
         *
         * @param lines at least one, each once
         */
        record Lines(List<Line> lines) implements Scope {
            /**
             * @throws IllegalArgumentException if there are none, or one twice
             */
            public Lines {
                lines = List.copyOf(lines);
                Set<String> seen = new HashSet<>();
                if (lines.isEmpty() || !lines.stream().allMatch(line -> seen.add(line.lineId()))) {
                    throw new IllegalArgumentException("Name at least one line of the invoice, and each once");
                }
            }
        }
    }

    /**
     * A line of the invoice.
     *
     * @param lineId its id
     * @param amount how much of its amount before discounts and tax on top; null for all that is left of it
     */
    public record Line(String lineId, @Nullable Money amount) {
        /**
         * @throws IllegalArgumentException if the amount is not greater than zero
         */
        public Line {
            if (amount != null) {
                requirePositive(amount);
            }
        }

        /** All that is left of a line. */
        public static Line whole(String lineId) {
            return new Line(lineId, null);
        }

        /**
         * A part of a line.
         *
         * @throws IllegalArgumentException if the amount is not greater than zero
         */
        public static Line of(String lineId, Money amount) {
            return new Line(lineId, amount);
        }
    }

    /** How what was paid is given back. */
    public enum Repayment {
        /** To the payment method it came from. */
        REFUND,
        /** To the customer's credit balance, which pays the next invoices. */
        BALANCE,
        /** By the host, outside of the provider. */
        OUTSIDE
    }

    /** Why. */
    public enum Reason {
        /** It was charged twice. */
        DUPLICATE,
        /** The charge was a fraud. */
        FRAUDULENT,
        /** The customer wanted something else. */
        ORDER_CHANGE,
        /** The customer was not content. */
        UNSATISFACTORY
    }

    private static void requirePositive(Money amount) {
        if (amount.minorUnits() <= 0) {
            throw new IllegalArgumentException("A credited amount is greater than zero, not " + amount);
        }
    }
}
