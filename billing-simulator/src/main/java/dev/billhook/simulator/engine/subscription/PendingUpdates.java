package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Updates that come into effect only when their invoice is paid. Until then the subscription goes on as if nobody had asked, and
 * after 23 hours, or at the end of the period or trial, it is too late. Source: Stripe documentation, "Pending updates".
 */
final class PendingUpdates {
    private static final String EXPIRE = "subscription.pending_update";
    private static final String FIELD = "pending_update";
    private static final String KEPT = "_pending_update";
    private static final long SECONDS = 23 * 3_600;
    private static final Set<String> SUPPORTED = Set.of(
            "add_invoice_items",
            "billing_cycle_anchor",
            "expand",
            "items",
            "off_session",
            "payment_behavior",
            "proration_behavior",
            "proration_date",
            "trial_end",
            "trial_from_plan");
    private static final Set<String> SUPPORTED_OF_ITEMS =
            Set.of("clear_usage", "deleted", "id", "plan", "price", "price_data", "quantity");
    private static final String[] APPLIED = {
        "billing_cycle_anchor", "_counted_from", "items", "status", "trial_end", "trial_start"
    };

    private final World world;
    private final InvoiceEngine invoicing;

    PendingUpdates(World world, InvoiceEngine invoicing) {
        this.world = world;
        this.invoicing = invoicing;
        world.simulation().onTimer(EXPIRE, this::expire);
    }

    /** Refuses what cannot be left pending. */
    static void check(ObjectNode subscription, Params params) {
        if (!SubscriptionDocs.chargesAutomatically(subscription)) {
            throw ApiError.invalid(
                    null,
                    "payment_behavior",
                    "Updates can be pending only with collection_method=charge_automatically.");
        }
        check(params, SUPPORTED);
        params.groups("items").forEach(item -> check(item, SUPPORTED_OF_ITEMS));
    }

    private static void check(Params params, Set<String> supported) {
        params.tree().fieldNames().forEachRemaining(name -> {
            if (!supported.contains(name)) {
                throw ApiError.invalid(
                        null,
                        params.name(name),
                        "With payment_behavior=pending_if_incomplete only parameters that can be pending are supported;"
                                + " `" + params.name(name) + "` is not.");
            }
        });
    }

    /** Takes an update back, tries to collect its invoice, and leaves the update pending if that fails. */
    void settle(ObjectNode before, ObjectNode subscription, ObjectNode draft) {
        String invoice = Docs.textOf(draft, "id");
        ObjectNode after = subscription.deepCopy();
        subscription.removeAll();
        subscription.setAll(before);
        subscription.put("latest_invoice", invoice);
        ObjectNode kept = subscription.putObject(KEPT);
        kept.put("invoice", invoice);
        for (String field : APPLIED) {
            if (after.has(field)) {
                kept.set(field, after.path(field));
            }
        }
        invoicing.settlement().settleNow(draft, "allow_incomplete", true);
        if (subscription.has(KEPT)) {
            show(before, subscription, after);
        }
    }

    private void show(ObjectNode before, ObjectNode subscription, ObjectNode after) {
        long expires = Math.min(
                world.now(SubscriptionDocs.clock(subscription)) + SECONDS, SubscriptionDocs.periodEnd(subscription));
        ObjectNode shown = subscription.putObject(FIELD);
        shown.set("billing_cycle_anchor", changed(before, after, "billing_cycle_anchor"));
        shown.putNull("discount");
        shown.putNull("discounts");
        shown.put("expires_at", expires);
        shown.putNull("metadata");
        shown.putArray("subscription_items").addAll(Docs.objects(after, "items"));
        shown.set("trial_end", changed(before, after, "trial_end"));
        shown.putNull("trial_from_plan");
        world.simulation()
                .schedule(SubscriptionDocs.clock(subscription), expires, EXPIRE, SubscriptionDocs.id(subscription));
    }

    private static JsonNode changed(ObjectNode before, ObjectNode after, String field) {
        return before.path(field).equals(after.path(field)) ? NullNode.getInstance() : after.path(field);
    }

    /** Applies the update that waited for this invoice; tells whether there was one. */
    boolean paid(ObjectNode subscription, ObjectNode invoice) {
        if (!isFor(subscription, invoice)) {
            return false;
        }
        ObjectNode kept = (ObjectNode) subscription.remove(KEPT);
        for (String field : APPLIED) {
            if (kept.has(field)) {
                subscription.set(field, kept.path(field));
            } else {
                subscription.remove(field);
            }
        }
        boolean waited = subscription.path(FIELD).isObject();
        subscription.putNull(FIELD);
        if (waited) {
            world.events().emitUpdated("customer.subscription.pending_update_applied", subscription);
        }
        return true;
    }

    /** Whether an update waits for this invoice. */
    boolean isFor(ObjectNode subscription, ObjectNode invoice) {
        return Docs.textOf(invoice, "id").equals(invoiceOf(subscription));
    }

    /** Gives up an update that waits, because of another one or because its invoice is void. */
    void discard(ObjectNode subscription) {
        String invoice = invoiceOf(subscription);
        if (invoice == null) {
            return;
        }
        subscription.remove(KEPT);
        subscription.putNull(FIELD);
        if ("open".equals(Invoices.status(world.store().get(Invoices.TYPE, invoice)))) {
            invoicing.invoices().voidInvoice(invoice);
        }
    }

    private void expire(String id) {
        ObjectNode found = world.store().find(SubscriptionDocs.TYPE, id);
        Long expires = found == null ? null : Docs.number(Docs.child(found, FIELD), "expires_at");
        if (found != null && expires != null && expires <= world.now(SubscriptionDocs.clock(found))) {
            ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, id);
            discard(subscription);
            world.events().emitUpdated("customer.subscription.pending_update_expired", subscription);
        }
    }

    private static @Nullable String invoiceOf(ObjectNode subscription) {
        return Docs.text(Docs.child(subscription, KEPT), "invoice");
    }
}
