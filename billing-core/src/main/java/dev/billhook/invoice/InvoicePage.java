package dev.billhook.invoice;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of an account's invoices, newest first.
 *
 * @param invoices at most as many as were asked for
 * @param nextCursor what {@link InvoiceQuery#after} takes to go on, or null if these are the oldest
 * @since 0.1.0
 */
public record InvoicePage(List<Invoice> invoices, @Nullable String nextCursor) {
    /** Copies the invoices. */
    public InvoicePage {
        invoices = List.copyOf(invoices);
    }

    /** What {@link InvoiceQuery#after} takes to go on, if older ones follow. */
    public Optional<String> next() {
        return Optional.ofNullable(nextCursor);
    }
}
