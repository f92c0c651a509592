package dev.billhook.internal.ending;

import dev.billhook.subscription.Cancellation.Settlement;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides what is to be given back among the invoices of the running period, the newest first. Of each, what is still to be
 * paid is lowered first, then what was paid with money is given back, then what the credit balance paid. What was never paid is
 * not given back. Pure; amounts are minor units of one currency.
 */
final class PaybackRules {
    private PaybackRules() {}

    /**
     * What is given back of each invoice that has something to give back.
     *
     * @param amount how much is to be given back
     * @param invoices the running period's, newest first
     */
    static List<Part> divide(long amount, List<Left> invoices, Settlement settlement) {
        List<Part> parts = new ArrayList<>();
        long rest = amount;
        for (Left invoice : invoices) {
            long lowered = Math.min(rest, invoice.toPay());
            rest -= lowered;
            long money = Math.min(rest, invoice.byMoney());
            rest -= money;
            long credit = Math.min(rest, invoice.byCredit());
            rest -= credit;
            boolean refunded = settlement == Settlement.REFUND;
            if (lowered + money + credit > 0) {
                parts.add(new Part(
                        invoice.invoiceId(), lowered, refunded ? money : 0, refunded ? credit : money + credit));
            }
        }
        return parts;
    }

    /**
     * What is left of an invoice.
     *
     * @param toPay what is still to be paid
     * @param byMoney what was paid with money and not given back
     * @param byCredit what the credit balance paid and was not given back
     */
    record Left(String invoiceId, long toPay, long byMoney, long byCredit) {}

    /**
     * What is given back of an invoice.
     *
     * @param lowered what need not be paid any more
     * @param refunded what goes back to where the money came from
     * @param credited what goes to the credit balance
     */
    record Part(String invoiceId, long lowered, long refunded, long credited) {
        /** All of it. */
        long amount() {
            return lowered + refunded + credited;
        }
    }
}
