package dev.billhook.simulator.engine.payment;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.tax.TaxEngine;

/** The parts of the payment engine, put together. */
public final class PaymentEngine {
    private final PaymentMethods methods;
    private final Customers customers;
    private final Payments payments;
    private final Setups setups;

    public PaymentEngine(World world, TaxEngine taxes) {
        this.methods = new PaymentMethods(world);
        this.customers = new Customers(world, methods, taxes);
        this.payments = new Payments(world, new Charges(world));
        this.setups = new Setups(world, methods);
    }

    /** Payment methods. */
    public PaymentMethods methods() {
        return methods;
    }

    /** Customers. */
    public Customers customers() {
        return customers;
    }

    /** Payments. */
    public Payments payments() {
        return payments;
    }

    /** Set-ups. */
    public Setups setups() {
        return setups;
    }
}
