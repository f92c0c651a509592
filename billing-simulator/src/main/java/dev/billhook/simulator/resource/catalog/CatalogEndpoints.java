package dev.billhook.simulator.resource.catalog;

import dev.billhook.simulator.engine.catalog.Plans;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.catalog.Products;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of products, prices and plans. */
public final class CatalogEndpoints {
    private CatalogEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, Products products, Prices prices, Plans plans) {
        new ProductResource(kit, products);
        new PriceResource(kit, prices);
        new PlanResource(kit, plans);
    }
}
