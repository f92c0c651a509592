package dev.billhook.simulator.engine.payment;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.ChargeEngine;
import dev.billhook.simulator.engine.payment.method.Cards;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.payment.method.Tokens;
import dev.billhook.simulator.engine.tax.TaxEngine;

/** The parts of the payment engine, put together. */
public final class PaymentEngine {
    private final ChargeEngine charging;
    private final Tokens tokens;
    private final PaymentMethods methods;
    private final Cards cards;
    private final CustomerBalance balance;
    private final Customers customers;
    private final Payments payments;
    private final Setups setups;

    public PaymentEngine(World world, TaxEngine taxes) {
        this.charging = new ChargeEngine(world);
        this.tokens = new Tokens(world);
        this.methods = new PaymentMethods(world, tokens);
        this.cards = new Cards(world, tokens, methods);
        this.balance = new CustomerBalance(world);
        this.customers = new Customers(world, methods, cards, taxes, balance);
        this.payments = new Payments(world, charging);
        this.setups = new Setups(world, methods);
    }

    /** Charges, their refunds and disputes, and the account's balance. */
    public ChargeEngine charging() {
        return charging;
    }

    /** Tokens. */
    public Tokens tokens() {
        return tokens;
    }

    /** The cards customers have as sources. */
    public Cards cards() {
        return cards;
    }

    /** Payment methods. */
    public PaymentMethods methods() {
        return methods;
    }

    /** The balances of customers. */
    public CustomerBalance balance() {
        return balance;
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
