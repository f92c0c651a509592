package dev.billhook.simulator.engine.tax;

import dev.billhook.simulator.engine.World;

/** The parts that deal with tax, put together. */
public final class TaxEngine {
    private final TaxRates rates;
    private final TaxIds ids;
    private final Registrations registrations;
    private final TaxRules rules;
    private final AutomaticTax automatic;
    private final InvoiceTaxes onInvoices;

    public TaxEngine(World world) {
        this.rates = new TaxRates(world);
        this.ids = new TaxIds(world);
        this.registrations = new Registrations(world, rates);
        this.rules = new TaxRules(world, registrations);
        this.automatic = new AutomaticTax(world, registrations);
        this.onInvoices = new InvoiceTaxes(world, rules, automatic, ids);
    }

    /** Tax rates. */
    public TaxRates rates() {
        return rates;
    }

    /** Tax ids. */
    public TaxIds ids() {
        return ids;
    }

    /** Where tax is collected automatically. */
    public Registrations registrations() {
        return registrations;
    }

    /** Which rates apply. */
    public TaxRules rules() {
        return rules;
    }

    /** Automatic tax. */
    public AutomaticTax automatic() {
        return automatic;
    }

    /** What tax does to invoices. */
    public InvoiceTaxes onInvoices() {
        return onInvoices;
    }
}
