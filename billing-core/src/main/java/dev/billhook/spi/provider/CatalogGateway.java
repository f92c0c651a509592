package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.sync.CatalogChange;
import dev.billhook.catalog.sync.PortalOffer;
import dev.billhook.catalog.sync.PublishedCatalog;

/**
 * Products, prices and the Customer Portal at the provider. Touches only objects that carry Billhook's metadata.
 *
 * @since 0.1.0
 */
public interface CatalogGateway {
    /** The products and prices Billhook owns at the provider. */
    default PublishedCatalog published() {
        return published(false);
    }

    /**
     * What Billhook owns at the provider.
     *
     * @param portal whether the Customer Portal is asked for, too; a key that may not read it is no obstacle otherwise
     */
    PublishedCatalog published(boolean portal);

    /** Makes a product. */
    void createProduct(Product product, RequestKey key);

    /** Writes name and description of an owned product. */
    void updateProduct(Product product, RequestKey key);

    /**
     * Makes the plan's price and gives it the plan's lookup key, taking the key from an older price if one has it. The
     * older price keeps its plan in its metadata, so that its subscribers are still recognised.
     */
    void createPrice(Plan plan, RequestKey key);

    /** Makes the Customer Portal of Billhook's, or changes it. The prices it names are the plans' present ones. */
    void publishPortal(PortalOffer offer, RequestKey key);

    /** Makes one change of a {@link dev.billhook.catalog.sync.CatalogDiff}. */
    default void make(CatalogChange change, RequestKey key) {
        if (change instanceof CatalogChange.CreateProduct create) {
            createProduct(create.product(), key);
        } else if (change instanceof CatalogChange.UpdateProduct update) {
            updateProduct(update.product(), key);
        } else if (change instanceof CatalogChange.CreatePrice create) {
            createPrice(create.plan(), key);
        } else if (change instanceof CatalogChange.ReplacePrice replace) {
            createPrice(replace.plan(), key);
        } else if (change instanceof CatalogChange.PublishPortal publish) {
            publishPortal(publish.offer(), key);
        }
    }
}
