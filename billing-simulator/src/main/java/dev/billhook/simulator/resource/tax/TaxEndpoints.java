package dev.billhook.simulator.resource.tax;

import dev.billhook.simulator.engine.tax.TaxEngine;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of tax rates and tax ids. */
public final class TaxEndpoints {
    private TaxEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, TaxEngine engine) {
        new TaxRateResource(kit, engine.rates());
        new TaxIdResource(kit, engine.ids());
        kit.expander().onDemand("customer", "tax", engine.automatic()::describe);
    }
}
