package dev.billhook.simulator;

import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Router;

/** What cardholders and their banks can be made to do: {@code POST /_sim/disputes} and {@code /_sim/disputes/{id}}. */
final class DisputeControl {
    private static final ParamSchema RAISE = ParamSchema.of("""
        charge payment_intent amount:int inquiry:bool
        reason:bank_cannot_process|credit_not_processed|customer_initiated|duplicate|fraudulent|general|noncompliant|product_not_received|product_unacceptable|subscription_canceled|unrecognized\
        """);
    private static final ParamSchema DECIDE = ParamSchema.of("status!:won|lost");

    private DisputeControl() {}

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
}
