package dev.billhook.simulator.engine.invoice;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.invoice.item.InvoiceItems;
import dev.billhook.simulator.engine.invoice.item.InvoiceLines;
import dev.billhook.simulator.engine.invoice.item.ItemTerms;
import dev.billhook.simulator.engine.meter.MeterUsage;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.tax.TaxEngine;

/** The parts that deal with invoices, put together. */
public final class InvoiceEngine {
    private final InvoiceItems items;
    private final InvoiceLines lines;
    private final Invoices invoices;
    private final InvoiceCollection collection;
    private final InvoiceSettlement settlement;
    private final InvoiceCredits credits;
    private final InvoiceAttachments attachments;
    private final InvoiceEditing editing;
    private final InvoiceDrafts drafts;

    public InvoiceEngine(World world, Prices prices, PaymentEngine payment, DiscountEngine discounts, TaxEngine taxes) {
        this.lines = new InvoiceLines(world, new MeterUsage(world));
        this.items = new InvoiceItems(world, lines);
        this.invoices =
                new Invoices(world, lines, items, discounts.onInvoices(), taxes.onInvoices(), payment.balance());
        this.collection = new InvoiceCollection(world, invoices, payment.payments(), payment.methods());
        this.settlement = new InvoiceSettlement(world, invoices, collection);
        this.credits = new InvoiceCredits(world, collection);
        this.attachments = new InvoiceAttachments(world, collection, credits);
        ItemTerms terms = new ItemTerms(world, prices, lines, discounts.discounts(), taxes.rates());
        this.editing = new InvoiceEditing(world, invoices, items, lines, terms);
        this.drafts = new InvoiceDrafts(
                world, invoices, items, terms, settlement, new InvoiceDrafts.Adornments(discounts.discounts(), taxes));
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

    /** What credit notes do to invoices. */
    public InvoiceCredits credits() {
        return credits;
    }

    /** Payments besides the one that is asked for. */
    public InvoiceAttachments attachments() {
        return attachments;
    }

    /** From draft to payment. */
    public InvoiceSettlement settlement() {
        return settlement;
    }

    /** Changing what is billed. */
    public InvoiceEditing editing() {
        return editing;
    }

    /** Invoices made and changed by request. */
    public InvoiceDrafts drafts() {
        return drafts;
    }
}
