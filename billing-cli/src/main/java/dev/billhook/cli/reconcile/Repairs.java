package dev.billhook.cli.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.reconcile.Drift;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxEvent;
import java.time.Instant;
import java.util.Set;

/**
 * Has the application's nodes repair what differs: leaves a notification in the inbox, as Stripe would send it, that the object
 * changed. The node that takes it reads the object and tells its listeners; written from here, they would never hear of it.
 */
final class Repairs {
    private static final Set<Drift.Kind> REPAIRED = Set.of(Drift.Kind.DIFFERENT, Drift.Kind.MISSING_HERE);

    /** What is told of which objects. */
    private enum Kind {
        CUSTOMER("v1.customer.updated", "customers"),
        SUBSCRIPTION("v1.customer.subscription.updated", "subscriptions"),
        PURCHASE("v1.checkout.session.completed", "checkout/sessions");

        private final String type;
        private final String collection;

        Kind(String type, String collection) {
            this.type = type;
            this.collection = collection;
        }

        static Kind of(String object) {
            if (object.startsWith("cus_")) {
                return CUSTOMER;
            }
            return object.startsWith("cs_") ? PURCHASE : SUBSCRIPTION;
        }
    }

    private final BillingStores stores;
    private final Instant now;
    private int ordered;
    private int left;

    Repairs(BillingStores stores, Instant now) {
        this.stores = stores;
        this.now = now;
    }

    /** Takes one difference. */
    void take(Drift drift) {
        if (!REPAIRED.contains(drift.kind())) {
            left++;
        }
        if (drift.kind() != Drift.Kind.MISSING_THERE) {
            order(drift);
        }
    }

    /** One that belongs to no known account waits in the inbox until its account is known. */
    private void order(Drift drift) {
        String object = drift.objectId();
        Kind kind = Kind.of(object);
        String id = "repair_" + object + "_" + now.getEpochSecond();
        String payload = notification(id, kind, object);
        stores.inbox().insert(InboxEvent.received(id, kind.type, now, now, payload));
        ordered++;
    }

    /** How many the nodes will repair. */
    int ordered() {
        return ordered;
    }

    /** How many somebody must look at. */
    int left() {
        return left;
    }

    private String notification(String id, Kind kind, String object) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("object", "v2.core.event");
        json.put("type", kind.type);
        json.put("created", now.toString());
        json.put("livemode", stores.scope().livemode());
        json.putObject("related_object").put("id", object).put("url", "/v1/" + kind.collection + "/" + object);
        return json.toString();
    }
}
