package dev.billhook.simulator.event.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;

/** What 2022-11-15 took out of objects: lists that had been shown whole. */
final class EarlySteps {
    private EarlySteps() {}

    /** The attempts to pay, newest first. */
    static void charges(ObjectNode intent, Scope scope) {
        String id = Docs.textOf(intent, "id");
        intent.set(
                "charges", Docs.list("/v1/charges?payment_intent=" + id, scope.shown("charge", "payment_intent", id)));
    }

    /** What was refunded, newest first. */
    static void refunds(ObjectNode charge, Scope scope) {
        String id = Docs.textOf(charge, "id");
        charge.set("refunds", Docs.list("/v1/charges/" + id + "/refunds", scope.shown("refund", "charge", id)));
    }
}
