package dev.billhook.internal.quote;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.conversion.ConversionRequest;
import dev.billhook.conversion.ItemChange;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.quote.Quote;
import dev.billhook.quote.QuoteRefusedException;
import dev.billhook.quote.QuoteRefusedException.Reason;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.spi.provider.invoice.QuoteGateway.Change;
import dev.billhook.spi.provider.invoice.QuoteGateway.Line;
import dev.billhook.spi.provider.invoice.QuoteGateway.Offer;
import dev.billhook.spi.provider.invoice.QuoteGateway.Start;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.util.ArrayList;
import java.util.List;

/** Decides what is offered. */
public final class QuoteTerms {
    private final Catalog catalog;
    private final PlanConverter converter;
    private final Starts starts;

    /** Offers what the catalog sells, and changes the converter knows a way for. */
    public QuoteTerms(Catalog catalog, PlanConverter converter, Starts starts) {
        this.catalog = catalog;
        this.converter = converter;
        this.starts = starts;
    }

    /** A new subscription: the plan, and its set-up fee once. */
    Offer fresh(AccountRef account, QuoteRequest request) {
        Plan plan = catalog.getPlan(request.plan());
        long units = request.units() == null ? plan.units().clamp(1) : request.units();
        if (!plan.interval().recurring() || plan.product().addOn()) {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "' makes no subscription by itself; offer a recurring plan of a tier");
        }
        if (plan.limited() != null) {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "' is limited, and a quote holds no place; send the account to Checkout");
        }
        if (!plan.units().allows(units)) {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "' cannot be bought with " + units + " units; " + plan.units());
        }
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                plan.key(),
                null,
                null,
                plan.pricing().takesUnits() ? plan.units().billed(units) : 1));
        if (plan.setUpFee() != null) {
            lines.add(new Line(plan.setUpFee(), null, null, 1));
        }
        return new Offer(
                account,
                plan.key(),
                units,
                lines,
                request.collection(),
                request.expiresAt(),
                request.memo(),
                null,
                starts.of(account, plan, request));
    }

    /**
     * A change of the subscription, with all its lines.
     *
     * @throws QuoteRefusedException if nothing would change
     */
    Offer change(AccountRef account, Subscription current, QuoteRequest request) {
        if (request.trial() != null || request.code() != null) {
            throw new IllegalArgumentException(
                    "A change of a subscription begins no trial and keeps the discounts that are there;"
                            + " leave them out, and use billing.trials() or billing.discounts()");
        }
        Plan plan = catalog.getPlan(request.plan());
        PlanChange wish = new PlanChange(plan.key(), request.units(), null, false);
        List<ItemChange> changes =
                converter.convert(ConversionRequest.of(current, plan, wish)).changes();
        if (changes.isEmpty()) {
            throw new QuoteRefusedException(
                    Reason.NOTHING_TO_CHANGE,
                    "Subscription " + current.id() + " of account " + account + " is on plan '" + plan.key()
                            + "' with these units already",
                    "offer another plan or number of units");
        }
        OfferedLines.Outcome outcome = OfferedLines.after(current, changes);
        return new Offer(
                account,
                plan.key(),
                request.units(),
                outcome.lines(),
                current.terms().collection(),
                request.expiresAt(),
                request.memo(),
                new Change(current.id(), OfferedLines.digest(current), outcome.digest()),
                Start.PLAIN);
    }

    /** The change that was offered, to be made now or at the renewal. Whatever is due now is charged now. */
    static PlanChange wish(Quote quote, Quote.At effect) {
        Timing timing = effect == Quote.At.NOW ? Timing.NOW_INVOICE : Timing.AT_RENEWAL;
        return new PlanChange(quote.plan(), quote.units(), timing, false);
    }

    /** Whether the subscription would still become what was offered; the catalog may say otherwise by now. */
    boolean leadsTo(Subscription current, Quote quote, Quote.At effect, String after) {
        List<ItemChange> changes = converter
                .convert(ConversionRequest.of(current, catalog.getPlan(quote.plan()), wish(quote, effect)))
                .changes();
        return OfferedLines.after(current, changes).digest().equals(after);
    }
}
