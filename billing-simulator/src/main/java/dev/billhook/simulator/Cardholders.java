package dev.billhook.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.ChargeEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import java.util.function.Supplier;

/** Lets cardholders and their banks act on demand: disputes are raised and decided, which no merchant can do through the API. */
final class Cardholders {
    private static final ParamSchema RAISE = ParamSchema.of("""
        charge payment_intent amount:int inquiry:bool
        reason:bank_cannot_process|credit_not_processed|customer_initiated|duplicate|fraudulent|general|noncompliant|product_not_received|product_unacceptable|subscription_canceled|unrecognized\
        """);
    private static final ParamSchema DECIDE = ParamSchema.of("status!:won|lost");

    private final World world;
    private final ChargeEngine charging;

    Cardholders(World world, ChargeEngine charging) {
        this.world = world;
        this.charging = charging;
    }

    /** Adds the control API's requests. */
    static void add(Router router, StripeSimulator simulator) {
        router.post(
                        "/_sim/disputes",
                        RAISE,
                        call -> simulator.assembly().cardholders().dispute(call.params()))
                .post(
                        "/_sim/disputes/{id}",
                        DECIDE,
                        call -> simulator
                                .assembly()
                                .cardholders()
                                .decide(call.id(), "won".equals(call.params().text("status"))));
    }

    /** Raises a dispute as parameters say; answers it as the API shows it. */
    ObjectNode dispute(Params params) {
        return unit(() -> charging.disputes()
                .raise(
                        charge(params),
                        params.text("reason", "fraudulent"),
                        params.number("amount"),
                        params.flag("inquiry")));
    }

    /** Raises a dispute of a charge or payment intent; answers its id. */
    String dispute(String payment, ObjectNode params) {
        params.put(payment.startsWith("pi_") ? "payment_intent" : "charge", payment);
        return Docs.textOf(dispute(Params.of(params)), "id");
    }

    /** Decides a dispute. */
    ObjectNode decide(String id, boolean won) {
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
