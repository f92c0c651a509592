package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.kernel.Docs;

/**
 * What has discounts of its own, in its field {@code discounts}.
 *
 * @param doc its document
 * @param purchase what is bought with them; its customer is known
 */
public record Holder(Kind kind, ObjectNode doc, Purchase purchase) {
    /** Kinds of holders. */
    public enum Kind {
        SUBSCRIPTION("subscription", true),
        SUBSCRIPTION_ITEM("subscription_item", true),
        INVOICE("invoice", false),
        INVOICE_ITEM("invoice_item", false);

        private final String field;
        private final boolean lasts;

        Kind(String field, boolean lasts) {
            this.field = field;
            this.lasts = lasts;
        }
    }

    /** The field of a discount that names this holder. */
    String field() {
        return kind.field;
    }

    /** Whether its discounts begin and end with time; those of one invoice do not. */
    boolean lasts() {
        return kind.lasts;
    }

    String id() {
        return Docs.textOf(doc, "id");
    }
}
