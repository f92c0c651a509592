package dev.billhook.internal.notice;

import dev.billhook.error.ProviderException;
import dev.billhook.event.OpenBill;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.notice.Question;
import dev.billhook.spi.provider.PaymentProvider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the provider what is to be paid. */
final class Bills {
    private static final Logger LOG = LoggerFactory.getLogger(Bills.class);
    private static final int NEWEST = 10;

    private final PaymentProvider provider;

    Bills(PaymentProvider provider) {
        this.provider = provider;
    }

    /**
     * The answer, or empty if there is nothing to pay or the provider will not say.
     *
     * @throws ProviderException if it may say so later
     */
    Optional<OpenBill> ask(Question question) {
        try {
            return question instanceof Question.NextInvoice next
                    ? provider.estimates()
                            .next(next.subscriptionId())
                            .map(estimate -> new OpenBill(estimate.totals().due(), null))
                    : openInvoice(((Question.OpenInvoice) question).customerId());
        } catch (ProviderException refused) {
            if (refused.retryable()) {
                throw refused;
            }
            LOG.warn("A notice is told without its amount, because the provider refuses to tell it", refused);
            return Optional.empty();
        }
    }

    private Optional<OpenBill> openInvoice(String customerId) {
        return provider.invoices().list(customerId, InvoiceStatus.OPEN, null, NEWEST).invoices().stream()
                .filter(invoice -> invoice.settlement().remaining().minorUnits() > 0)
                .findFirst()
                .map(Bills::read);
    }

    private static OpenBill read(Invoice invoice) {
        return new OpenBill(invoice.settlement().remaining(), invoice.links().page());
    }
}
