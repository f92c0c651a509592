package dev.billhook.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.resource.ApiKit;
import dev.billhook.simulator.wiring.Assembly;
import java.math.BigDecimal;
import java.util.List;

/** What can be controlled of automatic tax: {@code GET} and {@code POST /_sim/tax}. */
final class TaxControl {
    private static final ParamSchema SET = ParamSchema.of("country! state percentage!:dec");

    private TaxControl() {}

    static void add(Router router, StripeSimulator simulator) {
        router.get("/_sim/tax", ApiKit.NOTHING, call -> list(simulator)).post("/_sim/tax", SET, call -> {
            Params given = call.params();
            simulator.taxRate(
                    given.requireText("country"), given.text("state"), new BigDecimal(given.requireText("percentage")));
            return list(simulator);
        });
    }

    private static ObjectNode list(StripeSimulator simulator) {
        return Docs.list("/_sim/tax", table(simulator.assembly()));
    }

    private static List<ObjectNode> table(Assembly assembly) {
        return assembly.simulation()
                .atomically(
                        RequestInfo.NONE, () -> assembly.taxes().registrations().all());
    }
}
