package dev.billhook.coupon;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a coupon. Customers never see one: they get a promotion code that leads to it.
 *
 * @param key its id at the provider: 1 to 200 letters, digits, {@code _} or {@code -}
 * @param name what invoices call it, at most 40 characters; null for its key
 * @param reduction what it takes off
 * @param duration for how long
 * @param products keys of the catalog's products it is limited to; empty if it is for all. A product that is not the catalog's is
 *     named by the provider's id
 * @param limits how long and how often it can be redeemed, over all its codes
 * @since 0.1.0
 */
public record Coupon(
        String key,
        @Nullable String name,
        Reduction reduction,
        CouponDuration duration,
        Set<String> products,
        RedemptionLimits limits) {
    private static final int LONGEST_NAME = 40;

    /**
     * Copies the products.
     *
     * @throws IllegalArgumentException if the key or the name is not of the form above
     */
    public Coupon {
        if (!key.matches("[A-Za-z0-9_-]{1,200}")) {
            throw new IllegalArgumentException(
                    "A coupon's key is 1 to 200 letters, digits, '_' or '-'; '" + key + "' is not");
        }
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException("Coupon '" + key + "': a name has 1 to 40 characters");
        }
        products = Set.copyOf(products);
    }

    /** A coupon for everything that can be redeemed whenever and as often as one likes. */
    public static Coupon of(String key, Reduction reduction, CouponDuration duration) {
        return new Coupon(key, null, reduction, duration, Set.of(), RedemptionLimits.NONE);
    }
}
