package dev.billhook.subscription;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * On which terms a subscription is billed.
 *
 * @param currency what it is charged in; null only in states stored before Billhook knew it
 * @param collection how its invoices are collected
 * @param discounts the discounts of the subscription as a whole, in the order in which they count
 * @since 0.1.0
 */
public record BillingTerms(@Nullable Currency currency, CollectionMethod collection, List<Discount> discounts) {
    /** Nothing special is known: collected automatically, no discounts. */
    public static final BillingTerms UNKNOWN = new BillingTerms(null, CollectionMethod.automatic(), List.of());

    /** Copies the discounts; what is absent in a stored state is as in {@link #UNKNOWN}. */
    public BillingTerms {
        collection = Objects.requireNonNullElseGet(collection, CollectionMethod::automatic);
        discounts = discounts == null ? List.of() : List.copyOf(discounts);
    }

    /** Collected automatically in the currency, no discounts. */
    public static BillingTerms in(Currency currency) {
        return new BillingTerms(currency, CollectionMethod.automatic(), List.of());
    }

    /**
     * A discount.
     *
     * @param id the provider's id; informational
     * @param coupon key of the coupon it comes from
     * @param promotionCode the provider's id of the promotion code it was redeemed by, or null; informational
     * @param end when it ends (UTC), or null if it does not or ends with the first invoice
     */
    public record Discount(
            String id,
            String coupon,
            @Nullable String promotionCode,
            @Nullable Instant end) {}
}
