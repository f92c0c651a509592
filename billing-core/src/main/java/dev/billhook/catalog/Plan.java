package dev.billhook.catalog;

import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the pricing page sells: a product at an interval for a price.
 *
 * @param key stable name; the price's lookup key at the provider
 * @param product what it gives access to
 * @param interval how often it is charged
 * @param pricing how much
 * @param trial the free trial, or null for none
 * @param units which quantities can be bought
 * @param setUpFee the one-time plan that is charged once with the first invoice, or null for none
 * @since 0.1.0
 */
public record Plan(
        PlanKey key,
        Product product,
        BillingInterval interval,
        Pricing pricing,
        @Nullable TrialTerms trial,
        UnitTerms units,
        @Nullable PlanKey setUpFee) {
    /**
     * @throws IllegalArgumentException if interval and pricing contradict each other
     */
    public Plan {
        if (interval.recurring() == pricing instanceof Pricing.OneTime) {
            throw new IllegalArgumentException(
                    "Plan '" + key + "': one-time pricing goes with interval 'once', and nothing else does");
        }
        if ((trial != null || setUpFee != null) && (!interval.recurring() || product.addOn())) {
            throw new IllegalArgumentException(
                    "Plan '" + key + "': one-time purchases and add-ons have neither trial nor set-up fee");
        }
    }

    /** Whether other plans can name it as their set-up fee: a one-time plan of an add-on. */
    public boolean setUpFeeItself() {
        return !interval.recurring() && product.addOn();
    }

    /** A currency this plan is sold in and the other one is not; the provider charges both on one invoice only in the same. */
    public Optional<Currency> currencyNotOf(Plan other) {
        return pricing.currencies().stream()
                .filter(currency -> !other.pricing().currencies().contains(currency))
                .findFirst();
    }

    /** A plan without a set-up fee. */
    public Plan(
            PlanKey key,
            Product product,
            BillingInterval interval,
            Pricing pricing,
            @Nullable TrialTerms trial,
            UnitTerms units) {
        this(key, product, interval, pricing, trial, units, null);
    }
}
