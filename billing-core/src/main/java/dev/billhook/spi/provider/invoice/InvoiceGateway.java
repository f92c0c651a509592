package dev.billhook.spi.provider.invoice;

import dev.billhook.RequestKey;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Invoices at the provider, with all their lines.
 *
 * @since 0.1.0
 */
public interface InvoiceGateway {
    /** The most that are listed at once. */
    int PAGE = 100;

    /**
     * All of a customer's invoices, newest first; asked for by pages as they are looked at.
     *
     * @param status only those of this status, or null for all
     */
    default Stream<Invoice> all(String customerId, @Nullable InvoiceStatus status) {
        return Stream.iterate(
                        Optional.of(list(customerId, status, null, PAGE)),
                        Optional::isPresent,
                        part -> part.filter(Part::more)
                                .map(Part::invoices)
                                .filter(seen -> !seen.isEmpty())
                                .map(seen -> list(
                                        customerId,
                                        status,
                                        seen.get(seen.size() - 1).id(),
                                        PAGE)))
                .flatMap(part -> part.orElseThrow().invoices().stream());
    }

    /**
     * A customer's invoices, newest first.
     *
     * @param status only those of this status, or null for all
     * @param afterId the last one seen, or null to begin
     * @param max how many at most, 1 to 100
     */
    Part list(String customerId, @Nullable InvoiceStatus status, @Nullable String afterId, int max);

    /** The invoice and whose it is, or empty if there is none with this id. */
    Optional<Owned> find(String invoiceId);

    /**
     * Pays it now from the default payment method.
     *
     * @throws dev.billhook.error.AuthenticationRequiredException with the page to send the customer to
     */
    Invoice pay(String invoiceId, RequestKey key);

    /** Notes that it was paid outside of the provider. */
    Invoice markPaid(String invoiceId, RequestKey key);

    /** Takes it back. */
    Invoice voidInvoice(String invoiceId, RequestKey key);

    /** The PDF document behind {@link Invoice.Links#pdf}. */
    byte[] pdf(Invoice invoice);

    /**
     * A part of a customer's invoices.
     *
     * @param invoices at most as many as were asked for
     * @param more whether older ones follow
     */
    record Part(List<Invoice> invoices, boolean more) {
        /** Copies the invoices. */
        public Part {
            invoices = List.copyOf(invoices);
        }
    }

    /**
     * An invoice and whose it is.
     *
     * @param customerId whose it is
     * @param invoice the invoice
     */
    record Owned(String customerId, Invoice invoice) {}
}
