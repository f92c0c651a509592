package dev.billhook.catalog.sync;

import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Product;

/**
 * One step that brings the provider in line with the catalog.
 *
 * @since 0.1.0
 */
public sealed interface CatalogChange {
    /** One line for people: {@code +} new, {@code ~} changed. */
    String describe();

    /** A product the provider does not have. */
    record CreateProduct(Product product) implements CatalogChange {
        @Override
        public String describe() {
            return "+ product " + product.key() + " \"" + product.name() + "\"";
        }
    }

    /** A product with another name or description. */
    record UpdateProduct(Product product) implements CatalogChange {
        @Override
        public String describe() {
            return "~ product " + product.key() + " \"" + product.name() + "\"";
        }
    }

    /** A plan without a price. */
    record CreatePrice(Plan plan) implements CatalogChange {
        @Override
        public String describe() {
            return "+ price   " + plan.key();
        }
    }

    /** A plan whose price is another one; present subscribers stay on the old price. */
    record ReplacePrice(Plan plan) implements CatalogChange {
        @Override
        public String describe() {
            return "~ price   " + plan.key() + " (new price, takes over the lookup key)";
        }
    }

    /** A Customer Portal that the provider has not, or has otherwise. */
    record PublishPortal(PortalOffer offer, boolean isNew) implements CatalogChange {
        @Override
        public String describe() {
            return (isNew ? "+" : "~") + " portal";
        }
    }
}
