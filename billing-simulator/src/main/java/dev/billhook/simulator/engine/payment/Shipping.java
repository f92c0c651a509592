package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Where a payment's goods go. */
public final class Shipping {
    private static final String[] PARTS = {"carrier", "name", "phone", "tracking_number"};

    private Shipping() {}

    /** Shows what was not given of a payment's or charge's shipping, too. */
    public static void complete(ObjectNode payment) {
        if (payment.get("shipping") instanceof ObjectNode shipping) {
            fill(shipping, PARTS);
            if (shipping.get("address") instanceof ObjectNode address) {
                fill(address, Customers.ADDRESS);
            }
        }
    }

    private static void fill(ObjectNode target, String[] fields) {
        for (String field : fields) {
            if (!target.has(field)) {
                target.putNull(field);
            }
        }
    }
}
