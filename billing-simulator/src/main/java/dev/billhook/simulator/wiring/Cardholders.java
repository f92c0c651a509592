package dev.billhook.simulator.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.ChargeEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import java.util.function.Supplier;

/** Lets cardholders and their banks act on demand: disputes are raised and decided, which no merchant can do through the API. */
public final class Cardholders {
    private final World world;
    private final ChargeEngine charging;

    Cardholders(World world, ChargeEngine charging) {
        this.world = world;
        this.charging = charging;
    }

    /** Raises a dispute as parameters say; answers it as the API shows it. */
    public ObjectNode dispute(Params params) {
        return unit(() -> charging.disputes()
                .raise(
                        charge(params),
                        params.text("reason", "fraudulent"),
                        params.number("amount"),
                        params.flag("inquiry")));
    }

    /** Raises a dispute of a charge or payment intent; answers its id. */
    public String dispute(String payment, ObjectNode params) {
        params.put(payment.startsWith("pi_") ? "payment_intent" : "charge", payment);
        return Docs.textOf(dispute(Params.of(params)), "id");
    }

    /** Decides a dispute. */
    public ObjectNode decide(String id, boolean won) {
        return unit(() -> charging.disputes().decide(id, won));
    }

    private String charge(Params params) {
        String id = params.text("charge");
        if (id != null) {
            return Docs.textOf(world.finder().inParam("charge", id, "charge"), "id");
        }
        String intentId = params.requireText("payment_intent");
        ObjectNode intent = world.finder().inParam("payment_intent", intentId, "payment_intent");
        ObjectNode charge = charging.charges().ofIntent(intent);
        if (charge == null) {
            throw ApiError.invalid(null, "payment_intent", "This payment has no charge to dispute.");
        }
        return Docs.textOf(charge, "id");
    }

    private ObjectNode unit(Supplier<ObjectNode> work) {
        return world.simulation()
                .atomically(RequestInfo.NONE, () -> world.renderer().render(work.get()));
    }
}
