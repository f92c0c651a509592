package dev.billhook.deletion;

import dev.billhook.account.AccountRef;
import dev.billhook.invoice.Invoice;
import dev.billhook.subscription.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What deleting an account comes to, by what the provider says just now.
 *
 * @param account whose
 * @param running subscriptions that have not ended
 * @param openInvoices invoices that are not paid
 * @param customers the provider's ids of its customers; informational
 * @param refused why it is not deleted, or null if nothing stands in the way
 * @since 0.1.0
 */
public record DeletionPreview(
        AccountRef account,
        List<Subscription> running,
        List<Invoice> openInvoices,
        Set<String> customers,
        DeletionException.@Nullable Reason refused) {
    /** Copies the collections. */
    public DeletionPreview {
        running = List.copyOf(running);
        openInvoices = List.copyOf(openInvoices);
        customers = Set.copyOf(customers);
    }

    /** What deleting would be answered with; empty if nothing stands in the way. */
    public Optional<DeletionException> refusal() {
        return Optional.ofNullable(refused).map(reason -> new DeletionException(account, reason));
    }
}
