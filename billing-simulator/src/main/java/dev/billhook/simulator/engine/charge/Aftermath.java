package dev.billhook.simulator.engine.charge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;

/** What becomes of a charge after it succeeded, decided by its test card. Source: Stripe documentation, "Test cards". */
public enum Aftermath {
    /** Nothing out of the ordinary. */
    NONE,
    /** Refunds succeed and fail some time later. */
    REFUND_FAILS,
    /** Refunds are pending and succeed some time later. */
    REFUND_PENDING,
    /** The cardholder disputes it as fraudulent. */
    DISPUTED,
    /** The cardholder disputes it, as the product did not arrive. */
    DISPUTED_NOT_RECEIVED,
    /** The cardholder's bank asks about it. */
    INQUIRY,
    /** Its money is available at once. */
    AVAILABLE;

    private static final String FIELD = "_aftermath";

    static Aftermath of(ObjectNode charge) {
        String name = Docs.text(charge, FIELD);
        return name == null ? NONE : valueOf(name);
    }

    void markOn(ObjectNode charge) {
        if (this != NONE) {
            charge.put(FIELD, name());
        }
    }
}
