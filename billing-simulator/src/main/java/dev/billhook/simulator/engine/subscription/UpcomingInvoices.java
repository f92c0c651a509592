package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.Docs;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Previews as requests ask for them: of a subscription that is or would be, or of what waits for a customer without one; with
 * further invoice items, or of what recurs only. All of it is carried out for real and undone with the unit of work.
 */
public final class UpcomingInvoices {
    private static final String DETAILS = "subscription_details";

    private final World world;
    private final Previews previews;
    private final InvoiceEngine invoicing;

    UpcomingInvoices(World world, Previews previews, InvoiceEngine invoicing) {
        this.world = world;
        this.previews = previews;
        this.invoicing = invoicing;
    }

    /** The invoice a {@code create_preview} request asks for. */
    public ObjectNode preview(Params params) {
        world.simulation().discardUnit();
        boolean begins =
                !params.hasValue("subscription") && params.group(DETAILS).hasValue("items");
        ObjectNode subscription = begins ? null : subscription(params);
        String customer = subscription == null ? params.requireText("customer") : Docs.textOf(subscription, "customer");
        world.finder().inParam("customer", customer, "customer");
        invoicing.editing().previewItems(customer, currency(params, subscription), params.groups("invoice_items"));
        if (subscription == null && !begins) {
            return invoicing.drafts().upcoming(params);
        }
        ObjectNode request = params.tree().deepCopy();
        if (subscription != null) {
            request.put("subscription", SubscriptionDocs.id(subscription));
        }
        if ("recurring".equals(params.text("preview_mode"))) {
            leaveWhatRecurs(request, customer, begins);
        }
        return previews.preview(Params.of(request));
    }

    /** The subscription a request names, or the customer's that is billed next. */
    private @Nullable ObjectNode subscription(Params params) {
        String id = params.text("subscription");
        if (id != null) {
            return world.finder().inParam(SubscriptionDocs.TYPE, id, "subscription");
        }
        return world.store()
                .newestFirst(SubscriptionDocs.TYPE, "customer", params.requireText("customer"))
                .filter(SubscriptionCycle::renews)
                .min(Comparator.comparingLong(SubscriptionDocs::periodEnd))
                .orElse(null);
    }

    private static @Nullable String currency(Params params, @Nullable ObjectNode subscription) {
        return subscription == null ? params.text("currency") : Docs.textOf(subscription, "currency");
    }

    private void leaveWhatRecurs(ObjectNode request, String customer, boolean begins) {
        invoicing.items().forgetPending(customer);
        ObjectNode details = Docs.ensure(request, DETAILS);
        details.remove("trial_end");
        if (!begins) {
            details.put("proration_behavior", "none");
            details.put("cancel_at_period_end", false);
            details.remove("cancel_at");
            details.remove("cancel_now");
        }
    }
}
