package dev.billhook.invoice;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.CreditNoteRequest;
import dev.billhook.credit.Refund;
import dev.billhook.credit.RefundRequest;
import dev.billhook.subscription.PlanChange;
import java.util.List;
import java.util.Optional;

/**
 * An account's invoices: history, what comes next, paying, and taking back. The mirror keeps no invoices; the provider is asked, for
 * the account's customer only. An id of another account's invoice is as unknown as one that does not exist. Thread-safe.
 *
 * <p>Every method that calls throws {@link dev.billhook.ProviderException} if the provider refuses or cannot be reached. Commands
 * that take a {@link RequestKey} can be repeated with the same key and values, and have one effect.
 *
 * @since 0.1.0
 */
public interface InvoiceService {
    /**
     * The account's invoices, newest first; none if it has no customer yet. Cursors stay valid when new invoices come: no invoice is
     * told twice, and none is left out.
     *
     * @throws dev.billhook.NotFoundException if the account was never registered
     * @throws InvoiceRefusedException if the cursor is not from a page of this account and status
     */
    InvoicePage list(AccountRef account, InvoiceQuery query);

    /** The account's invoice with this id. */
    Optional<Invoice> find(AccountRef account, String invoiceId);

    /**
     * The account's invoice with this id.
     *
     * @throws dev.billhook.NotFoundException if it has none
     */
    Invoice get(AccountRef account, String invoiceId);

    /**
     * The next invoice of the account's main subscription, if nothing changes until then.
     *
     * @throws dev.billhook.InvalidStateException if it has none that will be invoiced again
     */
    Estimate estimate(AccountRef account);

    /**
     * What a change of the plan would charge: at once if it happens now, or with the renewal it happens at. Changes nothing.
     *
     * @throws dev.billhook.conversion.ConversionException if there is no way to the plan
     * @throws dev.billhook.InvalidStateException if it has no main subscription
     */
    Estimate estimate(AccountRef account, PlanChange change);

    /**
     * Pays an open invoice now from the default payment method, e.g. after a new card was given. One that is paid already is
     * answered as it is.
     *
     * @throws InvoiceRefusedException if it is a draft or void
     * @throws dev.billhook.error.PaymentDeclinedException if the card is declined
     * @throws dev.billhook.error.AuthenticationRequiredException if the bank asks for the customer; with the page to send him to
     */
    Invoice pay(AccountRef account, String invoiceId);

    /** The same, repeatable by its key. */
    Invoice pay(AccountRef account, String invoiceId, RequestKey key);

    /**
     * Notes that an open invoice was paid outside of the provider, e.g. by bank transfer. One that is paid already is answered as it
     * is.
     *
     * @throws InvoiceRefusedException if it is a draft or void
     */
    Invoice markPaid(AccountRef account, String invoiceId);

    /**
     * Takes an open invoice back, so that nothing is due. One that is void already is answered as it is. Where books must show what
     * was taken back, issue a credit note instead.
     *
     * @throws InvoiceRefusedException if it is a draft or paid
     */
    Invoice voidInvoice(AccountRef account, String invoiceId);

    /**
     * Issues a credit note.
     *
     * @throws InvoiceRefusedException if the invoice is a draft or void, or less is left of it than is to be credited
     */
    CreditNote credit(AccountRef account, CreditNoteRequest request);

    /** The same, repeatable by its key. */
    CreditNote credit(AccountRef account, CreditNoteRequest request, RequestKey key);

    /**
     * What the credit note would be. Changes nothing.
     *
     * @throws InvoiceRefusedException as {@link #credit(AccountRef, CreditNoteRequest)}
     */
    CreditNote previewCredit(AccountRef account, CreditNoteRequest request);

    /** The credit notes of an invoice, newest first. */
    List<CreditNote> credits(AccountRef account, String invoiceId);

    /**
     * Takes back a credit note of an open invoice, which is then due as before.
     *
     * @throws InvoiceRefusedException if it is void, or gave money back
     * @throws dev.billhook.NotFoundException if the invoice has no such note
     */
    CreditNote voidCredit(AccountRef account, String invoiceId, String creditNoteId);

    /**
     * Gives back what was paid for an invoice.
     *
     * @throws InvoiceRefusedException if nothing was paid at the provider, or less is left than is to be given back
     */
    Refund refund(AccountRef account, RefundRequest request);

    /** The same, repeatable by its key. */
    Refund refund(AccountRef account, RefundRequest request, RequestKey key);

    /**
     * The invoice as a PDF document, to be sent on without showing the provider's link.
     *
     * @throws InvoiceRefusedException if it is a draft
     */
    byte[] pdf(AccountRef account, String invoiceId);
}
