package dev.billhook.invoice;

import dev.billhook.money.Money;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of an account. All amounts are in one currency. Source: Stripe, "The Invoice object".
 *
 * @param id the provider's id; {@link InvoiceService} takes it back, for this account only
 * @param number what is printed on it, or null while it is a draft
 * @param status how far it got
 * @param subscriptionId the subscription it is of, or null; informational
 * @param lines what it charges
 * @param discounts what discounts take off, in the order in which they count
 * @param totals its sums
 * @param settlement what became of the amount due
 * @param dates when what happened to it
 * @param links where it can be seen
 * @since 0.1.0
 */
public record Invoice(
        String id,
        @Nullable String number,
        InvoiceStatus status,
        @Nullable String subscriptionId,
        List<InvoiceLine> lines,
        List<AppliedDiscount> discounts,
        InvoiceTotals totals,
        Settlement settlement,
        Dates dates,
        Links links) {
    /** Copies the lists. */
    public Invoice {
        lines = List.copyOf(lines);
        discounts = List.copyOf(discounts);
    }

    /** Start of the time it is for (UTC): the earliest of its lines'. Empty if it has none. */
    public Optional<Instant> periodStart() {
        return lines.stream().map(InvoiceLine::periodStart).min(Comparator.naturalOrder());
    }

    /** End of the time it is for (UTC): the latest of its lines'. Empty if it has none. */
    public Optional<Instant> periodEnd() {
        return lines.stream().map(InvoiceLine::periodEnd).max(Comparator.naturalOrder());
    }

    /** The line with this id. */
    public Optional<InvoiceLine> line(String lineId) {
        return lines.stream().filter(line -> line.id().equals(lineId)).findFirst();
    }

    /**
     * What became of the amount due: {@code due = paid + creditedBefore + remaining}, unless it is void.
     *
     * @param paid what was paid, here or outside of the provider
     * @param remaining what is still to be paid
     * @param creditedBefore what credit notes took off before it was paid
     * @param creditedAfter what credit notes gave back after it was paid
     * @param paidOutside whether it was paid outside of the provider, so that nothing can be refunded
     */
    public record Settlement(
            Money paid, Money remaining, Money creditedBefore, Money creditedAfter, boolean paidOutside) {}

    /**
     * When what happened; all UTC, whole seconds.
     *
     * @param createdAt when it was made
     * @param finalizedAt when it became final, or null
     * @param dueAt until when it is to be paid, or null if it is collected automatically
     * @param nextAttemptAt when it is collected again by itself, or null
     * @param paidAt when nothing remained to be paid, or null
     */
    public record Dates(
            Instant createdAt,
            @Nullable Instant finalizedAt,
            @Nullable Instant dueAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant paidAt) {}

    /**
     * Where it can be seen. Whoever has a link can open it, so show them to the account only. They expire; ask again instead of
     * keeping them.
     *
     * @param page where it can be looked at and paid, or null while it is a draft
     * @param pdf where it can be downloaded, or null while it is a draft
     * @param receipt the receipt of its latest payment, or null if the provider took none
     */
    public record Links(
            @Nullable URI page, @Nullable URI pdf, @Nullable URI receipt) {
        /** The same with a receipt. */
        public Links withReceipt(@Nullable URI newReceipt) {
            return new Links(page, pdf, newReceipt);
        }
    }

    /** The same with a receipt. */
    public Invoice withReceipt(@Nullable URI receipt) {
        return new Invoice(
                id,
                number,
                status,
                subscriptionId,
                lines,
                discounts,
                totals,
                settlement,
                dates,
                links.withReceipt(receipt));
    }
}
