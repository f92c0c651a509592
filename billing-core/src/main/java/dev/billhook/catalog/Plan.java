package dev.billhook.catalog;

import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
 * @param versions what the version that is sold is called, and what older ones keep
 * @since 0.1.0
 */
public record Plan(
        PlanKey key,
        Product product,
        BillingInterval interval,
        Pricing pricing,
        @Nullable TrialTerms trial,
        UnitTerms units,
        @Nullable PlanKey setUpFee,
        Versions versions) {
    /** What a version is called that has no name, like every one that was sold before versions had names. */
    public static final String FIRST_VERSION = "first";

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

    /** A plan of one version. */
    public Plan(
            PlanKey key,
            Product product,
            BillingInterval interval,
            Pricing pricing,
            @Nullable TrialTerms trial,
            UnitTerms units,
            @Nullable PlanKey setUpFee) {
        this(key, product, interval, pricing, trial, units, setUpFee, Versions.ONLY);
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

    /** The features of whoever is on the version: the product's, unless it has features of its own. */
    public Set<String> featuresOf(String version) {
        Pinned pinned = versions.pinned().get(version);
        return pinned == null || pinned.features() == null ? product.features() : pinned.features();
    }

    /** The limits of whoever is on the version: the product's, unless it has limits of its own. */
    public Map<String, Limit> limitsOf(String version) {
        Pinned pinned = versions.pinned().get(version);
        return pinned == null || pinned.limits() == null ? product.limits() : pinned.limits();
    }

    /**
     * The versions of a plan. The name of the one that is sold is written on its price, and a price keeps it for good.
     *
     * @param sold what the version is called that is sold now; same form as a {@link PlanKey}
     * @param pinned what older ones keep, by their names; those that are not named follow the catalog
     */
    public record Versions(String sold, Map<String, Pinned> pinned) {
        /** One version that has no name. */
        public static final Versions ONLY = new Versions(FIRST_VERSION, Map.of());

        /**
         * @throws IllegalArgumentException if a name is malformed, or the version that is sold is pinned
         */
        public Versions {
            pinned = Map.copyOf(pinned);
            Stream.concat(Stream.of(sold), pinned.keySet().stream())
                    .filter(name -> !PlanKey.isValid(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException("'" + name + "' is no name of a version");
                    });
            if (pinned.containsKey(sold)) {
                throw new IllegalArgumentException(
                        "Version '" + sold
                                + "' is the one that is sold, and has what its product has; give what is sold now another name");
            }
        }
    }

    /**
     * What an older version keeps.
     *
     * @param features keys of its features, or null if they follow the product
     * @param limits its allowances by key, or null if they follow the product
     */
    public record Pinned(
            @Nullable Set<String> features, @Nullable Map<String, Limit> limits) {
        /** Copies the collections. */
        public Pinned {
            features = features == null ? null : Set.copyOf(features);
            limits = limits == null ? null : Map.copyOf(limits);
        }
    }
}
