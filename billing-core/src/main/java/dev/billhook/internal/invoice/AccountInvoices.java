package dev.billhook.internal.invoice;

import dev.billhook.NotFoundException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoicePage;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.spi.provider.invoice.InvoiceGateway;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds invoices for the account they belong to, and for nobody else. */
final class AccountInvoices {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private final AccountService accounts;
    private final InvoiceGateway gateway;

    AccountInvoices(AccountService accounts, InvoiceGateway gateway) {
        this.accounts = accounts;
        this.gateway = gateway;
    }

    InvoicePage list(AccountRef account, InvoiceQuery query) {
        Optional<String> customer = accounts.get(account).customerId();
        if (customer.isEmpty() && query.cursor() == null) {
            return new InvoicePage(List.of(), null);
        }
        InvoiceCursor cursor = new InvoiceCursor(account, customer.orElse("none"), query.status());
        String after = cursor.read(query.cursor());
        InvoiceGateway.Part part = gateway.list(cursor.customerId(), query.status(), after, query.max());
        List<Invoice> invoices = part.invoices();
        boolean more = part.more() && !invoices.isEmpty();
        return new InvoicePage(
                invoices, more ? cursor.after(invoices.get(invoices.size() - 1).id()) : null);
    }

    Optional<Invoice> find(AccountRef account, String invoiceId) {
        Optional<String> customer = accounts.get(account).customerId();
        if (customer.isEmpty() || !ID.matcher(invoiceId).matches()) {
            return Optional.empty();
        }
        return gateway.find(invoiceId)
                .filter(found -> found.customerId().equals(customer.get()))
                .map(InvoiceGateway.Owned::invoice);
    }

    Invoice get(AccountRef account, String invoiceId) {
        return find(account, invoiceId)
                .orElseThrow(() -> new NotFoundException(
                        "invoice of " + account,
                        invoiceId,
                        "List the account's invoices: billing.invoices().list(…)."));
    }
}
