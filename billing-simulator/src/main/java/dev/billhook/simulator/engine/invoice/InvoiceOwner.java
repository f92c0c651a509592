package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.invoice.DunningPolicy.FinalAction;
import org.jspecify.annotations.Nullable;

/** Who sends bills for more than itself, a subscription, and is told how its invoices fare. It knows which are its own. */
public interface InvoiceOwner {
    /** An invoice was paid. */
    void paid(ObjectNode invoice);

    /** An invoice could not be paid, or is overdue. */
    void failed(ObjectNode invoice);

    /** An invoice could not be paid and will not be tried again. */
    void givenUp(ObjectNode invoice, FinalAction action);

    /** An invoice was voided. */
    void voided(ObjectNode invoice);

    /** The payment method it sets for its invoices, or null. */
    @Nullable String paymentMethod(ObjectNode invoice);

    /** What is to be done with its drafts while collection is paused, or null. */
    @Nullable String pauseBehavior(ObjectNode invoice);
}
