package dev.billhook.internal.payback;

import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.internal.payback.PaybackRules.Left;
import dev.billhook.internal.payback.PaybackRules.Part;
import dev.billhook.invoice.Estimate;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.invoice.CreditGateway;
import dev.billhook.spi.provider.invoice.InvoiceGateway;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Gives back the unused time of a subscription by credit notes on the invoices of its running period, before it ends: if one of
 * them is refused, the subscription goes on. What one key gave back already is not given back again.
 */
public final class Paybacks {
    private static final int PAGE = 100;
    private static final String MEMO = "Unused time";

    private final EstimateGateway estimates;
    private final InvoiceGateway invoices;
    private final CreditGateway credits;
    private final InstantSource clock;

    /** Of the provider's invoices. */
    public Paybacks(PaymentProvider provider, InstantSource clock) {
        this.estimates = provider.estimates();
        this.invoices = provider.invoices();
        this.credits = provider.credits();
        this.clock = clock;
    }

    /**
     * Gives back what is unused.
     *
     * @return false if there is nothing to give back, because more was used than paid for: then the rest is still to be billed
     */
    public boolean giveBack(Subscription subscription, String customerId, Settlement settlement, RequestKey key) {
        if (subscription.trialing()) {
            return true;
        }
        Optional<Estimate> last = estimates.afterEnd(subscription.id(), subscription.withinPeriod(clock.instant()));
        if (last.isEmpty()) {
            return true;
        }
        Money total = last.get().totals().total();
        if (total.minorUnits() > 0) {
            return false;
        }
        List<Invoice> running = ofRunningPeriod(subscription, customerId);
        long given = 0;
        List<Left> left = new ArrayList<>();
        for (Invoice invoice : running) {
            Optional<CreditNote> before = credits.findNote(invoice.id(), of(invoice.id(), key));
            if (before.isPresent()) {
                given += before.get().totals().total().minorUnits();
            } else {
                left.add(left(invoice));
            }
        }
        PaybackRules.divide(Math.max(0, -total.minorUnits() - given), left, settlement)
                .forEach(part -> credits.issue(order(part, total.currency()), of(part.invoiceId(), key)));
        return true;
    }

    /** One key makes several notes, one an invoice. */
    private static RequestKey of(String invoiceId, RequestKey key) {
        return RequestKey.derived("payback", invoiceId, key.value());
    }

    private List<Invoice> ofRunningPeriod(Subscription subscription, String customerId) {
        Instant start = subscription.items().stream()
                .map(SubscriptionItem::periodStart)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        List<Invoice> found = new ArrayList<>();
        String after = null;
        boolean more = true;
        while (more) {
            InvoiceGateway.Part part = invoices.list(customerId, null, after, PAGE);
            more = part.more();
            for (Invoice invoice : part.invoices()) {
                if (invoice.dates().createdAt().isBefore(start)) {
                    return found;
                }
                if (subscription.id().equals(invoice.subscriptionId()) && isCharged(invoice.status())) {
                    found.add(invoice);
                }
                after = invoice.id();
            }
        }
        return found;
    }

    private static boolean isCharged(InvoiceStatus status) {
        return status == InvoiceStatus.PAID || status.payable();
    }

    private Left left(Invoice invoice) {
        Invoice.Settlement settlement = invoice.settlement();
        long credited =
                settlement.creditedBefore().plus(settlement.creditedAfter()).minorUnits();
        long toPay = settlement.remaining().minorUnits();
        long room = Math.max(0, invoice.totals().total().minorUnits() - credited - toPay);
        long paid = credits.payments(invoice.id()).stream()
                .mapToLong(payment -> payment.left().minorUnits())
                .sum();
        long money = Math.min(room, Math.max(0, paid));
        // Money that came in outside of the provider cannot go back the same way.
        long outside = settlement.paidOutside() ? settlement.paid().minorUnits() : 0;
        long credit = Math.max(0, invoice.totals().credit().minorUnits()) + outside;
        return new Left(invoice.id(), toPay, money, Math.min(room - money, credit));
    }

    private static CreditGateway.Order order(Part part, Currency currency) {
        return new CreditGateway.Order(
                part.invoiceId(),
                Money.of(part.amount(), currency),
                List.of(),
                new CreditNote.Repaid(
                        Money.of(part.refunded(), currency), Money.of(part.credited(), currency), Money.zero(currency)),
                null,
                MEMO);
    }
}
