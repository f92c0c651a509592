package dev.billhook.internal.invoice;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.Refund;
import dev.billhook.credit.RefundRequest;
import dev.billhook.error.ProviderException;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.invoice.Estimate;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoicePage;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.invoice.InvoiceRefusedException;
import dev.billhook.invoice.InvoiceRefusedException.Reason;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.invoice.InvoiceGateway;
import dev.billhook.subscription.PlanChange;
import java.util.List;
import java.util.Optional;

/** See {@link InvoiceService}. */
public final class DefaultInvoiceService implements InvoiceService {
    private final InvoiceGateway gateway;
    private final AccountInvoices invoices;
    private final Crediting crediting;
    private final Estimator estimator;
    private final MirrorSync sync;

    /** A service that finds the accounts' customers in the mirror. */
    public DefaultInvoiceService(
            AccountService accounts, PaymentProvider provider, Estimator estimator, MirrorSync sync) {
        this.gateway = provider.invoices();
        this.invoices = new AccountInvoices(accounts, gateway);
        this.crediting = new Crediting(provider.credits());
        this.estimator = estimator;
        this.sync = sync;
    }

    @Override
    public InvoicePage list(AccountRef account, InvoiceQuery query) {
        return invoices.list(account, query);
    }

    @Override
    public Optional<Invoice> find(AccountRef account, String invoiceId) {
        return invoices.find(account, invoiceId);
    }

    @Override
    public Invoice get(AccountRef account, String invoiceId) {
        return invoices.get(account, invoiceId);
    }

    @Override
    public Estimate estimate(AccountRef account) {
        return estimator.next(account);
    }

    @Override
    public Estimate estimate(AccountRef account, PlanChange change) {
        return estimator.afterChange(account, change);
    }

    @Override
    public Invoice pay(AccountRef account, String invoiceId) {
        return pay(account, invoiceId, RequestKey.random());
    }

    @Override
    public Invoice pay(AccountRef account, String invoiceId, RequestKey key) {
        Invoice invoice = get(account, invoiceId);
        return requirePayable(invoice) ? settled(gateway.pay(invoice.id(), key)) : invoice;
    }

    @Override
    public Invoice markPaid(AccountRef account, String invoiceId) {
        Invoice invoice = get(account, invoiceId);
        return requirePayable(invoice) ? settled(gateway.markPaid(invoice.id(), RequestKey.random())) : invoice;
    }

    @Override
    public Invoice voidInvoice(AccountRef account, String invoiceId) {
        Invoice invoice = get(account, invoiceId);
        if (invoice.status() == InvoiceStatus.VOID) {
            return invoice;
        }
        requireFinal(invoice);
        if (invoice.status() == InvoiceStatus.PAID) {
            throw refused(Reason.ALREADY_PAID, invoice, "is paid", "issue a credit note instead");
        }
        return settled(gateway.voidInvoice(invoice.id(), RequestKey.random()));
    }

    @Override
    public CreditNote credit(AccountRef account, CreditNoteRequest request) {
        return credit(account, request, RequestKey.random());
    }

    @Override
    public CreditNote credit(AccountRef account, CreditNoteRequest request, RequestKey key) {
        Invoice invoice = get(account, request.invoiceId());
        CreditNote note = crediting.issue(invoice, request, key);
        follow(invoice);
        return note;
    }

    @Override
    public CreditNote previewCredit(AccountRef account, CreditNoteRequest request) {
        return crediting.preview(get(account, request.invoiceId()), request);
    }

    @Override
    public List<CreditNote> credits(AccountRef account, String invoiceId) {
        return crediting.notes(get(account, invoiceId));
    }

    @Override
    public CreditNote voidCredit(AccountRef account, String invoiceId, String creditNoteId) {
        return crediting.voidNote(get(account, invoiceId), creditNoteId, RequestKey.random());
    }

    @Override
    public Refund refund(AccountRef account, RefundRequest request) {
        return refund(account, request, RequestKey.random());
    }

    @Override
    public Refund refund(AccountRef account, RefundRequest request, RequestKey key) {
        return crediting.refund(get(account, request.invoiceId()), request, key);
    }

    @Override
    public byte[] pdf(AccountRef account, String invoiceId) {
        Invoice invoice = get(account, invoiceId);
        requireFinal(invoice);
        return gateway.pdf(invoice);
    }

    private static boolean requirePayable(Invoice invoice) {
        requireFinal(invoice);
        if (invoice.status() == InvoiceStatus.VOID) {
            throw refused(Reason.VOID, invoice, "is void", "nothing is due");
        }
        return invoice.status().payable();
    }

    private static void requireFinal(Invoice invoice) {
        if (invoice.status() == InvoiceStatus.DRAFT) {
            throw refused(Reason.NOT_FINAL, invoice, "is a draft", "wait until it is final, usually an hour");
        }
    }

    private Invoice settled(Invoice invoice) {
        follow(invoice);
        return invoice;
    }

    /** What became of an invoice may change its subscription. What is done is done: if the mirror cannot follow now, events make it. */
    private void follow(Invoice invoice) {
        if (invoice.subscriptionId() != null) {
            try {
                sync.refreshSubscription(invoice.subscriptionId());
            } catch (ProviderException e) {
                // The provider told the invoice, and tells the subscription by an event.
            }
        }
    }

    private static InvoiceRefusedException refused(Reason reason, Invoice invoice, String problem, String remedy) {
        return new InvoiceRefusedException(reason, "Invoice " + invoice.id() + " " + problem, remedy);
    }
}
