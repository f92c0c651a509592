package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceSettlement;
import dev.billhook.simulator.engine.subscription.item.Billing;
import dev.billhook.simulator.engine.subscription.item.BillingCalendar;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Map;

/**
 * Bills what is pending of a subscription at intervals of its own, between renewals. Source: Stripe API reference, "Update a
 * subscription", {@code pending_invoice_item_interval}.
 */
final class PendingItemInvoices {
    private static final String DUE = "subscription.pending_items";
    private static final String FIELD = "pending_invoice_item_interval";
    private static final String NEXT = "next_pending_invoice_item_invoice";
    private static final String SINCE = "_pending_items_since";
    private static final Map<String, Long> A_YEAR = Map.of("day", 365L, "week", 52L, "month", 12L, "year", 1L);

    private final World world;
    private final Billing billing;
    private final InvoiceSettlement settlement;

    PendingItemInvoices(World world, Billing billing, InvoiceSettlement settlement) {
        this.world = world;
        this.billing = billing;
        this.settlement = settlement;
        world.simulation().onTimer(DUE, this::due);
    }

    /** Sets or ends the interval as a request asks; it is counted from now. */
    static void set(World world, ObjectNode subscription, Params params) {
        if (params.isUnset(FIELD)) {
            subscription.putNull(FIELD);
            subscription.putNull(NEXT);
        }
        if (!params.hasValue(FIELD)) {
            return;
        }
        Params given = params.group(FIELD);
        String interval = given.requireText("interval");
        long count = given.number("interval_count", 1);
        if (count < 1) {
            throw ApiError.lessThan(1, given.name("interval_count"));
        }
        if (count > A_YEAR.getOrDefault(interval, 0L)) {
            throw ApiError.invalid(null, given.name("interval_count"), "The interval is a year at most.");
        }
        subscription.putObject(FIELD).put("interval", interval).put("interval_count", count);
        subscription.put(SINCE, world.now(SubscriptionDocs.clock(subscription)));
        plan(world, subscription);
    }

    private void due(String id) {
        ObjectNode found = world.store().find(SubscriptionDocs.TYPE, id);
        Long next = found == null ? null : Docs.number(found, NEXT);
        if (found == null || next == null || SubscriptionDocs.isEnded(found)) {
            return;
        }
        if (next > world.now(SubscriptionDocs.clock(found))) {
            return;
        }
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, id);
        plan(world, subscription);
        ObjectNode draft = billing.pending(subscription).isEmpty()
                ? null
                : billing.draft(
                        subscription,
                        "automatic_pending_invoice_item_invoice",
                        List.of(),
                        SubscriptionDocs.periodStart(subscription));
        world.events().emitUpdated("customer.subscription.updated", subscription);
        if (draft != null) {
            draft.put(SubscriptionCycle.PAUSED, Docs.text(Docs.child(subscription, "pause_collection"), "behavior"));
            settlement.settleLater(draft);
        }
    }

    private static void plan(World world, ObjectNode subscription) {
        ObjectNode interval = Docs.child(subscription, FIELD);
        String clock = SubscriptionDocs.clock(subscription);
        long next = BillingCalendar.boundaryAfter(
                Docs.numberOf(subscription, SINCE),
                world.now(clock),
                Docs.textOf(interval, "interval"),
                Docs.numberOf(interval, "interval_count"));
        subscription.put(NEXT, next);
        world.simulation().schedule(clock, next, DUE, SubscriptionDocs.id(subscription));
    }
}
