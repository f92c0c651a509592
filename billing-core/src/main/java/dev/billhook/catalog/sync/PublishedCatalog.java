package dev.billhook.catalog.sync;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Billhook owns at the provider.
 *
 * @param products owned products
 * @param prices the prices that hold a plan's lookup key now
 * @param portal the Customer Portal, or null if there is none of Billhook's
 * @since 0.1.0
 */
public record PublishedCatalog(
        List<PublishedProduct> products,
        List<PublishedPrice> prices,
        @Nullable PortalOffer portal) {
    /** Copies the lists. */
    public PublishedCatalog {
        products = List.copyOf(products);
        prices = List.copyOf(prices);
    }

    /** Products and prices, and no portal. */
    public PublishedCatalog(List<PublishedProduct> products, List<PublishedPrice> prices) {
        this(products, prices, null);
    }

    /**
     * A product at the provider.
     *
     * @param key the catalog's product key, from its metadata
     */
    public record PublishedProduct(
            String key, String name, @Nullable String description) {}

    /**
     * A price at the provider.
     *
     * @param plan the plan whose lookup key it holds
     * @param productKey the catalog's product key it belongs to
     * @param version name of the plan's version it was made for
     */
    public record PublishedPrice(
            PlanKey plan, String productKey, BillingInterval interval, Pricing pricing, String version) {
        /** The price of a plan whose versions have no names. */
        public PublishedPrice(PlanKey plan, String productKey, BillingInterval interval, Pricing pricing) {
            this(plan, productKey, interval, pricing, Plan.FIRST_VERSION);
        }
    }
}
