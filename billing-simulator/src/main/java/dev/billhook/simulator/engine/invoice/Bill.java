package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.tax.TaxSettings;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a new invoice takes from whom or what it bills.
 *
 * @param clock the test clock it lives on
 * @param parent what the invoice shows as its {@code parent}; null when it stands alone
 * @param discounts ids of the discounts that may reduce it, in their order
 * @param taxes how it is taxed
 */
public record Bill(
        String customer,
        String currency,
        @Nullable String clock,
        Terms terms,
        @Nullable ObjectNode parent,
        List<String> discounts,
        TaxSettings taxes) {
    /** The parent of an invoice for a subscription. */
    public static ObjectNode ofSubscription(String id, ObjectNode metadata) {
        ObjectNode parent = Docs.object();
        parent.putNull("quote_details");
        ObjectNode details = parent.putObject("subscription_details");
        details.set("metadata", metadata.deepCopy());
        details.put("subscription", id);
        parent.put("type", "subscription_details");
        return parent;
    }

    /** The parent of the invoice of an accepted quote. */
    static ObjectNode ofQuote(String id) {
        ObjectNode parent = Docs.object();
        parent.putObject("quote_details").put("quote", id);
        parent.putNull("subscription_details");
        parent.put("type", "quote_details");
        return parent;
    }

    /**
     * How an invoice is to be paid.
     *
     * @param daysUntilDue only where the customer is to send the money
     */
    public record Terms(
            String collectionMethod,
            @Nullable Long daysUntilDue,
            @Nullable String description) {}
}
