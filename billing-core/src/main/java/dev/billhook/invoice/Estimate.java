package dev.billhook.invoice;

import java.time.Instant;
import java.util.List;

/**
 * An invoice that was not made: what the provider would charge if nothing but what was asked about happened until then.
 *
 * @param at when the invoice would be made (UTC)
 * @param lines what it would charge
 * @param discounts what discounts would take off, in the order in which they count
 * @param totals its sums
 * @since 0.1.0
 */
public record Estimate(Instant at, List<InvoiceLine> lines, List<AppliedDiscount> discounts, InvoiceTotals totals) {
    /** Copies the lists. */
    public Estimate {
        lines = List.copyOf(lines);
        discounts = List.copyOf(discounts);
    }
}
