package dev.billhook.simulator.resource.invoice;

import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of invoices, their items and their payments. */
public final class InvoiceEndpoints {
    private InvoiceEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, InvoiceEngine invoicing) {
        new InvoiceResource(kit, invoicing);
        new InvoiceLineResource(kit, invoicing.editing());
        new InvoiceItemResource(kit, invoicing.editing());
    }
}
