package dev.billhook.simulator.resource.payment;

import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of customers, payment methods, payments and set-ups. */
public final class PaymentEndpoints {
    private PaymentEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, PaymentEngine payment) {
        new CustomerResource(kit, payment.customers());
        new SourceResource(kit, payment.cards(), payment.tokens());
        new PaymentMethodResource(kit, payment.methods());
        new IntentResource(kit, payment.payments(), payment.methods());
        new SetupIntentResource(kit, payment.setups(), payment.methods());
        new CustomerBalanceResource(kit, payment.balance());
    }
}
