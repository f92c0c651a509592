package dev.billhook.simulator.page.dashboard.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.dashboard.timeline.Story.Moment;
import dev.billhook.simulator.page.dashboard.timeline.Story.Stretch;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.StatusText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the life of a subscription off its events and invoices. Used under the simulation's lock. */
final class Storyteller {
    private static final int EVENTS = 1_000;
    private static final int INVOICES = 300;

    private final Store store;
    private final long now;
    private final List<Stretch> states = new ArrayList<>();
    private final List<Stretch> periods = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();

    private Storyteller(Store store, long now) {
        this.store = store;
        this.now = now;
    }

    static Story tell(Store store, ObjectNode subscription, long now) {
        return new Storyteller(store, now).tell(subscription);
    }

    private Story tell(ObjectNode subscription) {
        String id = SubscriptionDocs.id(subscription);
        ObjectNode before = null;
        for (ObjectNode event : oldestFirst("event", "about", id, EVENTS)) {
            ObjectNode shown = Docs.child(Docs.child(event, "data"), "object");
            long at = Docs.numberOf(event, "created");
            if (before == null) {
                begin(shown);
            } else {
                change(before, shown, at);
            }
            before = shown;
        }
        if (before == null) {
            begin(subscription);
        }
        List<Moment> bills = oldestFirst("invoice", "subscription", id, INVOICES).stream()
                .map(Storyteller::bill)
                .toList();
        long to = end(subscription, bills);
        closeLast(states, to);
        closeLast(periods, to);
        return new Story(states.get(0).from(), to, now, states, periods, moments, bills);
    }

    private void begin(ObjectNode subscription) {
        long at = Docs.numberOf(subscription, "created");
        StatusText status = StatusText.ofSubscription(subscription);
        states.add(new Stretch(at, at, status.label(), status.tone()));
        periods.add(new Stretch(at, at, plan(subscription), ""));
        moments.add(new Moment(at, "Created: " + terms(subscription) + ". Status: " + status.label(), "info", null));
    }

    private void change(ObjectNode before, ObjectNode after, long at) {
        StatusText status = StatusText.ofSubscription(after);
        StatusText earlier = StatusText.ofSubscription(before);
        boolean over = SubscriptionDocs.isEnded(after);
        if (!status.equals(earlier)) {
            closeLast(states, at);
            if (!over) {
                states.add(new Stretch(at, at, status.label(), status.tone()));
            }
            moments.add(new Moment(
                    at, "Status: " + earlier.label() + " → " + status.label(), over ? "bad" : status.tone(), null));
        }
        String terms = terms(after);
        boolean switched = !terms.equals(terms(before));
        if (over) {
            closeLast(periods, at);
        } else if (switched || SubscriptionDocs.periodStart(after) != SubscriptionDocs.periodStart(before)) {
            closeLast(periods, at);
            periods.add(new Stretch(at, at, plan(after), ""));
        }
        if (switched) {
            moments.add(new Moment(at, "Plan: " + terms(before) + " → " + terms, "info", null));
        }
        mention(before, after, at);
    }

    private void mention(ObjectNode before, ObjectNode after, long at) {
        if (isNew(before, after, "pending_update")) {
            moments.add(new Moment(at, "A change waits for its payment", "warn", null));
        }
        if (isNew(before, after, "pause_collection")) {
            moments.add(new Moment(at, "Collection paused", "warn", null));
        } else if (isNew(after, before, "pause_collection")) {
            moments.add(new Moment(at, "Collection resumed", "good", null));
        }
        if (isNew(before, after, "schedule")) {
            moments.add(new Moment(at, "A schedule takes over", "info", null));
        } else if (isNew(after, before, "schedule")) {
            moments.add(new Moment(at, "The schedule lets go", "info", null));
        }
        if (!after.path("discounts").equals(before.path("discounts"))) {
            boolean more =
                    after.path("discounts").size() >= before.path("discounts").size();
            moments.add(new Moment(at, more ? "Discount given" : "Discount over", "info", null));
        }
    }

    private static boolean isNew(ObjectNode before, ObjectNode after, String field) {
        return after.hasNonNull(field) && !before.hasNonNull(field);
    }

    /** The end, or as far ahead as is known; an invoice may be written after the end. */
    private long end(ObjectNode subscription, List<Moment> bills) {
        Long ended = Docs.number(subscription, "ended_at");
        long last = bills.isEmpty() ? 0 : bills.get(bills.size() - 1).at();
        if (ended != null) {
            return Math.max(Math.max(ended, last), states.get(0).from() + 1);
        }
        Long planned = PlanText.endsAt(subscription);
        long known = planned == null ? SubscriptionDocs.periodEnd(subscription) : planned;
        return Math.max(Math.max(known, now), last);
    }

    private String plan(ObjectNode subscription) {
        List<String> parts = new ArrayList<>();
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            String id = Docs.text(item, "price");
            ObjectNode price = id == null ? Docs.child(item, "price") : store.get("price", id);
            long quantity = Math.max(1, Docs.numberOf(item, "quantity"));
            String name = PlanText.productName(store, price);
            parts.add(quantity == 1 ? name : quantity + " × " + name);
        }
        return parts.isEmpty() ? "Nothing" : String.join(" + ", parts);
    }

    private String terms(ObjectNode subscription) {
        PlanText text = PlanText.of(store, subscription);
        return text.name() + ", " + String.join(" + ", text.prices());
    }

    private static Moment bill(ObjectNode invoice) {
        StatusText status = StatusText.ofInvoice(invoice);
        String number = Docs.text(invoice, "number");
        String total = AmountText.of(Docs.numberOf(invoice, "total"), Docs.textOf(invoice, "currency"));
        return new Moment(
                Docs.numberOf(invoice, "created"),
                (number == null ? "Draft" : "Invoice " + number) + " of " + total + ": " + status.label(),
                status.tone(),
                "/dashboard/invoices/" + Docs.textOf(invoice, "id"));
    }

    private List<ObjectNode> oldestFirst(String type, String index, String value, int limit) {
        List<ObjectNode> docs = new ArrayList<>(
                store.newestFirst(type, index, value).limit(limit).toList());
        Collections.reverse(docs);
        return docs;
    }

    /** Ends the last stretch that is open, that is, ends where it begins. */
    private static void closeLast(List<Stretch> stretches, long at) {
        Stretch last = stretches.get(stretches.size() - 1);
        if (last.to() == last.from() && at > last.from()) {
            stretches.set(stretches.size() - 1, new Stretch(last.from(), at, last.label(), last.tone()));
        }
    }
}
