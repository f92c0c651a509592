package dev.billhook.internal.invoice;

import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway.Payment;
import java.util.ArrayList;
import java.util.List;

/** Divides a refund among an invoice's payments. Pure. */
final class RefundShares {
    private RefundShares() {}

    /**
     * What goes back of each payment: all of the latest that has as much left, else of each what it has left, the latest first.
     *
     * @param amount at most what is left of all
     * @param payments the latest first
     */
    static List<Share> divide(Money amount, List<Payment> payments) {
        for (Payment payment : payments) {
            if (payment.left().minorUnits() >= amount.minorUnits()) {
                return List.of(new Share(payment.id(), amount));
            }
        }
        List<Share> shares = new ArrayList<>();
        long rest = amount.minorUnits();
        for (Payment payment : payments) {
            long share = Math.min(rest, Math.max(0, payment.left().minorUnits()));
            if (share > 0) {
                shares.add(new Share(payment.id(), Money.of(share, amount.currency())));
                rest -= share;
            }
        }
        return shares;
    }

    /** What goes back of a payment. */
    record Share(String paymentId, Money amount) {}
}
