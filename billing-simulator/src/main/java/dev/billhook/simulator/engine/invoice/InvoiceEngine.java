package dev.billhook.simulator.engine.invoice;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.meter.MeterUsage;
import dev.billhook.simulator.engine.payment.PaymentMethods;
import dev.billhook.simulator.engine.payment.Payments;

/** The parts that deal with invoices, put together. */
public final class InvoiceEngine {
    private final InvoiceItems items;
    private final InvoiceLines lines;
    private final Invoices invoices;
    private final InvoiceCollection collection;
    private final InvoiceSettlement settlement;

    public InvoiceEngine(World world, PaymentMethods methods, Payments payments, DiscountEngine discounts) {
        this.lines = new InvoiceLines(world, new MeterUsage(world));
        this.items = new InvoiceItems(world, lines);
        this.invoices = new Invoices(world, lines, items, discounts.onInvoices());
        this.collection = new InvoiceCollection(world, invoices, payments, methods);
        this.settlement = new InvoiceSettlement(world, invoices, collection);
    }

    /** Whom to tell how invoices fare, and ask how they are to be paid. */
    public void ownedBy(InvoiceOwner owner) {
        collection.ownedBy(owner);
        settlement.ownedBy(owner);
    }

    /** Invoice items. */
    public InvoiceItems items() {
        return items;
    }

    /** Lines. */
    public InvoiceLines lines() {
        return lines;
    }

    /** Invoices. */
    public Invoices invoices() {
        return invoices;
    }

    /** Collecting invoices. */
    public InvoiceCollection collection() {
        return collection;
    }

    /** From draft to payment. */
    public InvoiceSettlement settlement() {
        return settlement;
    }
}
