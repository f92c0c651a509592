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
     * Makes the provider agree.
     *
     * @return what was changed; empty if nothing differed
     */
    CatalogDiff apply();
}
