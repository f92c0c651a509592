package dev.billhook.deletion;

import java.util.Optional;

/**
 * What becomes of what an account still has. Immutable.
 *
 * @param running subscriptions that have not ended
 * @param openInvoices invoices that are not paid
 * @param customers the account's customers at the provider
 * @since 0.1.0
 */
public record DeletionPolicy(Running running, OpenInvoices openInvoices, Customers customers) {
    /** Nobody loses what he pays for by mistake, and no open invoice is forgotten; the customers are deleted. */
    public static final DeletionPolicy STANDARD =
            new DeletionPolicy(Running.REFUSE, OpenInvoices.REFUSE, Customers.DELETE);

    /** The account goes whatever it has: subscriptions end without anything given back, open invoices are void. */
    public static final DeletionPolicy AT_ALL_EVENTS =
            new DeletionPolicy(Running.END, OpenInvoices.VOID, Customers.DELETE);

    /** With another treatment of running subscriptions. */
    public DeletionPolicy running(Running other) {
        return new DeletionPolicy(other, openInvoices, customers);
    }

    /** With another treatment of open invoices. */
    public DeletionPolicy openInvoices(OpenInvoices other) {
        return new DeletionPolicy(running, other, customers);
    }

    /** With another treatment of customers. */
    public DeletionPolicy customers(Customers other) {
        return new DeletionPolicy(running, openInvoices, other);
    }

    /**
     * Why an account is not deleted; empty if it is.
     *
     * @param running whether a subscription of it has not ended
     * @param invoiceOpen whether an invoice of it is open
     */
    public Optional<DeletionException.Reason> refusal(boolean running, boolean invoiceOpen) {
        if (running && this.running == Running.REFUSE) {
            return Optional.of(DeletionException.Reason.SUBSCRIPTION_RUNNING);
        }
        return invoiceOpen && openInvoices == OpenInvoices.REFUSE
                ? Optional.of(DeletionException.Reason.INVOICE_OPEN)
                : Optional.empty();
    }

    /** What becomes of subscriptions that have not ended. */
    public enum Running {
        /** The account is not deleted. */
        REFUSE,
        /** They end at once, and nothing is given back. */
        END,
        /** They end at once, and the unused time is paid back. */
        END_AND_REFUND
    }

    /** What becomes of open invoices. */
    public enum OpenInvoices {
        /** The account is not deleted. */
        REFUSE,
        /** They are taken back. */
        VOID,
        /** They stay open at the provider, for somebody to collect by hand. */
        LEAVE
    }

    /** What becomes of customers at the provider. */
    public enum Customers {
        /**
         * They are deleted, with their payment methods; invoices and payments stay, as the law asks for. Source: Stripe,
         * "Delete a customer".
         */
        DELETE,
        /** They stay as they are: somebody else sees to them, or the law wants them kept. */
        KEEP
    }
}
