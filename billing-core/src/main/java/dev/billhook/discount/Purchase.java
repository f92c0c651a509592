package dev.billhook.discount;

import java.util.Currency;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a code is to be redeemed for. What is not known is not judged.
 *
 * @param customerId who pays, or null if he is not known yet; the provider's id
 * @param paidBefore whether he ever paid anything
 * @param basket what he buys, or null if that is open
 * @since 0.1.0
 */
public record Purchase(
        @Nullable String customerId,
        boolean paidBefore,
        @Nullable Basket basket) {
    /**
     * What is bought.
     *
     * @param currency what it is charged in
     * @param products keys of the catalog's products
     * @param amount what it costs before discounts in minor units, or null if it is not known
     * @param coupons keys of the coupons it is discounted by already
     */
    public record Basket(
            Currency currency,
            Set<String> products,
            @Nullable Long amount,
            Set<String> coupons) {
        /** Copies the sets. */
        public Basket {
            products = Set.copyOf(products);
            coupons = Set.copyOf(coupons);
        }
    }
}
