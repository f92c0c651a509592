package dev.billhook.internal.invoice;

import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.RefundRequest;
import dev.billhook.internal.invoice.RefundShares.Share;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.invoice.CreditGateway;
import dev.billhook.spi.provider.invoice.CreditGateway.Made;
import dev.billhook.spi.provider.invoice.CreditGateway.Order;
import dev.billhook.spi.provider.invoice.CreditGateway.Payment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what was paid for an invoice, also where several payments paid it: then each part is a write of its own, and what was
 * given back before one of them failed is found again by the command's name.
 */
public final class Repaying {
    private final CreditGateway gateway;

    /** Repayments at the gateway. */
    public Repaying(CreditGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * What was paid for an invoice, as a command that is perhaps repeated found it the first time.
     *
     * @param payments the latest first, without what the command has given back already
     * @param made what it has given back; told where there are several payments
     */
    public record Paid(List<Payment> payments, List<Made> made) {
        private Payment first(Payment now) {
            Money given = made.stream()
                    .filter(each -> each.paymentId().equals(now.id()))
                    .map(each -> each.part().amount())
                    .reduce(Money.zero(now.amount().currency()), Money::plus);
            return new Payment(now.id(), now.amount(), now.refunded().minus(given));
        }
    }

    /** What was paid for an invoice before the command of this name. */
    public Paid paid(String invoiceId, RequestKey name) {
        List<Payment> payments = gateway.payments(invoiceId);
        if (payments.size() < 2) {
            return new Paid(payments, List.of());
        }
        Paid now = new Paid(payments, gateway.refunds(invoiceId, name));
        return new Paid(payments.stream().map(now::first).toList(), now.made());
    }

    /** Gives an amount back; what the command gave back already counts. */
    List<Made> refund(Paid paid, Money amount, RefundRequest.@Nullable Reason reason, RequestKey name, RequestKey key) {
        List<Share> shares = RefundShares.divide(amount, paid.payments());
        List<Made> parts = new ArrayList<>();
        for (Share share : shares) {
            RequestKey own = shares.size() == 1 ? key : RequestKey.derived("refund", share.paymentId(), key.value());
            parts.add(paid.made().stream()
                    .filter(each -> each.paymentId().equals(share.paymentId()))
                    .findFirst()
                    .orElseGet(() -> gateway.refund(share.paymentId(), share.amount(), reason, name, own)));
        }
        return parts;
    }

    /** Issues a note. Where its refund is of several payments they are given back first, and the note names what was made. */
    public CreditNote issue(Order order, Paid paid, RequestKey name, RequestKey key) {
        Money refunded = order.repaid().refunded();
        return severalPayments(refunded, paid)
                ? gateway.issue(order.with(refund(paid, refunded, null, name, key)), name, key)
                : gateway.issue(order, name, key);
    }

    /** The note as it would be. A refund of several payments cannot be shown by itself, as nothing is made yet. */
    CreditNote preview(Order order, Paid paid) {
        CreditNote.Repaid repaid = order.repaid();
        if (!severalPayments(repaid.refunded(), paid)) {
            return gateway.preview(order);
        }
        CreditNote shown = gateway.preview(order.repaidBy(new CreditNote.Repaid(
                Money.zero(repaid.refunded().currency()),
                repaid.balance(),
                repaid.outside().plus(repaid.refunded()))));
        return shown.repaidBy(repaid);
    }

    private static boolean severalPayments(Money refunded, Paid paid) {
        return refunded.minorUnits() > 0
                && RefundShares.divide(refunded, paid.payments()).size() > 1;
    }
}
