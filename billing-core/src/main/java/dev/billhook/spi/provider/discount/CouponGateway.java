package dev.billhook.spi.provider.discount;

import dev.billhook.RequestKey;
import dev.billhook.catalog.sync.CatalogChange;
import dev.billhook.coupon.CodeTerms;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponOffer;
import java.util.List;

/**
 * The catalog's coupons at the provider. Touches only those that carry Billhook's metadata.
 *
 * @since 0.1.0
 */
public interface CouponGateway {
    /** The coupons Billhook owns, with the codes everybody can use; of each word the one that was made last, ended ones too. */
    List<CouponOffer> published();

    /** Makes a coupon. */
    void create(Coupon coupon, RequestKey key);

    /** Writes an owned coupon's name. */
    void rename(Coupon coupon, RequestKey key);

    /** Makes an owned coupon anew, with other terms, and ends its codes. Discounts that were given stay as they are. */
    void replace(Coupon coupon, RequestKey key);

    /** Makes a code. */
    void createCode(Coupon coupon, CodeTerms code, RequestKey key);

    /** Ends the coupon's code of this word and makes it anew. */
    void replaceCode(Coupon coupon, CodeTerms code, RequestKey key);

    /** Makes one change of a {@link dev.billhook.catalog.sync.CatalogDiff}. */
    default void make(CatalogChange.OfCoupon change, RequestKey key) {
        if (change instanceof CatalogChange.CreateCoupon create) {
            create(create.coupon(), key);
        } else if (change instanceof CatalogChange.RenameCoupon rename) {
            rename(rename.coupon(), key);
        } else if (change instanceof CatalogChange.ReplaceCoupon replace) {
            replace(replace.coupon(), key);
        } else if (change instanceof CatalogChange.CreateCode create) {
            createCode(create.coupon(), create.code(), key);
        } else if (change instanceof CatalogChange.ReplaceCode replace) {
            replaceCode(replace.coupon(), replace.code(), key);
        }
    }
}
