package dev.billhook.internal.ending;

import dev.billhook.RequestKey;
import dev.billhook.credit.CreditNote;
import dev.billhook.internal.ending.PaybackRules.Left;
import dev.billhook.internal.ending.PaybackRules.Part;
import dev.billhook.internal.invoice.Repaying;
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
 * them is refused, the subscription goes on.
 */
public final class Paybacks {
    private static final String MEMO = "Unused time";

    private final EstimateGateway estimates;
    private final InvoiceGateway invoices;
    private final CreditGateway credits;
    private final Repaying repaying;
    private final InstantSource clock;

    /** Of the provider's invoices. */
    public Paybacks(PaymentProvider provider, InstantSource clock) {
        this.estimates = provider.estimates();
        this.invoices = provider.invoices();
        this.credits = provider.credits();
        this.repaying = new Repaying(credits);
        this.clock = clock;
    }

    /** What would be given back if the subscription ended now; what its end has given back already is not given back again. */
    Payback of(Subscription subscription, String customerId, Settlement settlement) {
        Currency currency = subscription.terms().currency();
        if (settlement == Settlement.NOTHING || subscription.trialing()) {
            return Payback.nothing(currency);
        }
        Estimate last = estimates
                .afterEnd(subscription.id(), subscription.withinPeriod(clock.instant()))
                .orElse(null);
        if (last == null) {
            return Payback.nothing(currency);
        }
        Currency billed = last.totals().total().currency();
        if (last.totals().total().minorUnits() > 0) {
            return new Payback(billed, last, List.of());
        }
        long given = 0;
        List<Left> left = new ArrayList<>();
        for (Invoice invoice : ofRunningPeriod(subscription, customerId)) {
            Optional<CreditNote> before =
                    credits.findNote(invoice.id(), name(invoice.id())).filter(note -> !note.voided());
            if (before.isPresent()) {
                given += before.get().totals().total().minorUnits();
            } else {
                left.add(left(invoice));
            }
        }
        long unused = Math.max(0, -last.totals().total().minorUnits() - given);
        return new Payback(billed, last, PaybackRules.divide(unused, left, settlement));
    }

    /** Gives back what {@link #of} says, for a subscription that has to end whatever that is. */
    public void giveBack(Subscription subscription, String customerId, Settlement settlement, RequestKey key) {
        give(of(subscription, customerId, settlement), key);
    }

    /** Gives it back. */
    void give(Payback payback, RequestKey key) {
        for (Part part : payback.parts()) {
            RequestKey own = RequestKey.derived("payback", part.invoiceId(), key.value());
            RequestKey name = name(part.invoiceId());
            repaying.issue(order(part, payback.requireCurrency()), repaying.paid(part.invoiceId(), name), name, own);
        }
    }

    /** A subscription ends once, so an invoice has at most one note of that, whoever asked for it how often. */
    private static RequestKey name(String invoiceId) {
        return RequestKey.derived("payback", invoiceId);
    }

    private List<Invoice> ofRunningPeriod(Subscription subscription, String customerId) {
        Instant start = subscription.items().stream()
                .map(SubscriptionItem::periodStart)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return invoices.all(customerId, null)
                .takeWhile(invoice -> !invoice.dates().createdAt().isBefore(start))
                .filter(invoice -> subscription.id().equals(invoice.subscriptionId()) && isCharged(invoice.status()))
                .toList();
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
        long paid = repaying.paid(invoice.id(), name(invoice.id())).payments().stream()
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
                MEMO,
                List.of());
    }
}
