package dev.billhook.catalog.sync;

import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Product;
import dev.billhook.coupon.CodeTerms;
import dev.billhook.coupon.Coupon;

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

    /** A step that concerns coupons. */
    sealed interface OfCoupon extends CatalogChange {}

    /** A coupon the provider does not have. */
    record CreateCoupon(Coupon coupon) implements OfCoupon {
        @Override
        public String describe() {
            return "+ coupon  " + coupon.key();
        }
    }

    /** A coupon with another name. */
    record RenameCoupon(Coupon coupon) implements OfCoupon {
        @Override
        public String describe() {
            return "~ coupon  " + coupon.key() + (coupon.name() == null ? "" : " \"" + coupon.name() + "\"");
        }
    }

    /** A coupon with other terms; who has a discount of it keeps that. */
    record ReplaceCoupon(Coupon coupon) implements OfCoupon {
        @Override
        public String describe() {
            return "~ coupon  " + coupon.key() + " (made anew with other terms; discounts that were given stay)";
        }
    }

    /** A promotion code the coupon does not have. */
    record CreateCode(Coupon coupon, CodeTerms code) implements OfCoupon {
        @Override
        public String describe() {
            return "+ code    " + code.code() + " of " + coupon.key();
        }
    }

    /** A promotion code with other terms. */
    record ReplaceCode(Coupon coupon, CodeTerms code) implements OfCoupon {
        @Override
        public String describe() {
            return "~ code    " + code.code() + " of " + coupon.key() + " (made anew with other terms)";
        }
    }
}
