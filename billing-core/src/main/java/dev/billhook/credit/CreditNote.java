package dev.billhook.credit;

import dev.billhook.money.Money;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an invoice was taken back, or would be: {@code total = subtotal - discount + tax - taxIncluded = before + after}.
 *
 * @param id the provider's id; null in a preview
 * @param number what is printed on it; null in a preview
 * @param invoiceId the invoice
 * @param voided whether it was taken back itself
 * @param lines what is credited
 * @param totals its sums
 * @param repaid where what was paid of it goes
 * @param pdf where it can be downloaded; null in a preview. Whoever has the link can open it
 * @param createdAt when it was issued (UTC)
 * @since 0.1.0
 */
public record CreditNote(
        @Nullable String id,
        @Nullable String number,
        String invoiceId,
        boolean voided,
        List<Line> lines,
        Totals totals,
        Repaid repaid,
        @Nullable URI pdf,
        Instant createdAt) {
    /** Copies the lines. */
    public CreditNote {
        lines = List.copyOf(lines);
    }

    /** The same with the money going elsewhere. */
    public CreditNote repaidBy(Repaid other) {
        return new CreditNote(id, number, invoiceId, voided, lines, totals, other, pdf, createdAt);
    }

    /**
     * A credited line.
     *
     * @param invoiceLineId the line of the invoice, or null if it is a part of its total
     * @param description what was charged, as the provider words it
     * @param amount before discounts and tax on top
     * @param discount the credited share of discounts, at least 0
     * @param tax the credited share of tax, on top or within
     */
    public record Line(@Nullable String invoiceLineId, String description, Money amount, Money discount, Money tax) {}

    /**
     * The sums.
     *
     * @param subtotal of the lines
     * @param discount credited share of discounts, at least 0
     * @param tax all tax credited
     * @param taxIncluded the part of the tax that is in the lines' amounts already
     * @param total what is credited
     * @param before the part that lowered what remained to be paid
     * @param after the part that was paid and goes back
     */
    public record Totals(
            Money subtotal, Money discount, Money tax, Money taxIncluded, Money total, Money before, Money after) {}

    /**
     * Where what was paid goes: the three come to {@link Totals#after}.
     *
     * @param refunded to the payment method
     * @param balance to the customer's credit balance
     * @param outside by the host, outside of the provider
     */
    public record Repaid(Money refunded, Money balance, Money outside) {}
}
