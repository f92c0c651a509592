package dev.billhook.catalog.sync;

/**
 * Brings the provider's products, prices and Customer Portal in line with the catalog. Idempotent; touches only what Billhook made.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public interface CatalogPublisher {
    /** What differs. Changes nothing. */
    CatalogDiff plan();

    /**
     * What the provider sells now, for a pricing page with the amounts that are really charged. It takes several calls, so
     * keep the answer for a while.
     */
    PublishedCatalog published();

    /**
     * Makes the provider agree.
     *
     * @return what was changed; empty if nothing differed
     */
    CatalogDiff apply();
}
