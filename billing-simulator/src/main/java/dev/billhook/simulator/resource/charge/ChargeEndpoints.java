package dev.billhook.simulator.resource.charge;

import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of charges and what becomes of them. */
public final class ChargeEndpoints {
    private ChargeEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, PaymentEngine payment) {
        new ChargeResource(kit, payment);
        new RefundResource(kit, payment.charging().refunds());
        new DisputeResource(kit, payment.charging().disputes());
        new BalanceResource(kit, payment.charging().ledger());
    }
}
