package dev.billhook.catalog;

import java.time.Duration;
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
 * @param limited how many accounts can have it, or null if there is no limit
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
        Versions versions,
        @Nullable Limited limited) {
    /** What a version is called that has no name, like every one that was sold before versions had names. */
    public static final String FIRST_VERSION = "first";

    /**
     * @throws IllegalArgumentException if interval and pricing contradict each other, or an add-on is limited
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
        if (limited != null && product.addOn()) {
            throw new IllegalArgumentException("Plan '" + key + "': only plans of tiers are limited, not add-ons");
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

    /** A plan of one version, which as many accounts as like can have. */
    public Plan(
            PlanKey key,
            Product product,
            BillingInterval interval,
            Pricing pricing,
            @Nullable TrialTerms trial,
            UnitTerms units,
            @Nullable PlanKey setUpFee) {
        this(key, product, interval, pricing, trial, units, setUpFee, Versions.ONLY, null);
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

    /** This plan, for so many accounts only. */
    public Plan limitedTo(Limited terms) {
        return new Plan(key, product, interval, pricing, trial, units, setUpFee, versions, terms);
    }

    /**
     * How many accounts can have a plan. An account takes one place, however many units it buys.
     *
     * @param places how many, at least 0
     * @param hold how long a place is held for an account that was sent to Checkout: 30 minutes to 24 hours, as long as the
     *     provider lets a page take payments (Stripe, Checkout Session {@code expires_at})
     * @param returned what becomes of a place whose purchase was revoked or whose subscription ended
     */
    public record Limited(long places, Duration hold, Returned returned) {
        /** The shortest hold, and the one that is used where none is named. */
        public static final Duration SHORTEST_HOLD = Duration.ofMinutes(30);

        /** The longest hold. */
        public static final Duration LONGEST_HOLD = Duration.ofHours(24);

        /**
         * @throws IllegalArgumentException if a value is out of range
         */
        public Limited {
            if (places < 0) {
                throw new IllegalArgumentException("The number of places must not be negative");
            }
            if (hold.compareTo(SHORTEST_HOLD) < 0 || hold.compareTo(LONGEST_HOLD) > 0) {
                throw new IllegalArgumentException("A place is held for 30 minutes to 24 hours, not " + hold);
            }
        }

        /** So many places, held for the shortest time and sold again when they come back. */
        public static Limited of(long places) {
            return new Limited(places, SHORTEST_HOLD, Returned.RESOLD);
        }
    }

    /** What becomes of a place that comes back. */
    public enum Returned {
        /** Somebody else can have it. */
        RESOLD,
        /** It stays with the account that had it: so many buyers, and never more. */
        KEPT
    }
}
