package dev.billhook.catalog;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What plans give access to: a tier of the offering, e.g. "Pro", or an add-on to tiers, e.g. "More storage".
 *
 * @param key stable name, same form as a {@link PlanKey}
 * @param name display name
 * @param description one line for the pricing page, or null
 * @param kind whether it is a tier or an add-on
 * @param tierRank position among the tiers; a greater rank is an upgrade; 0 for add-ons
 * @param on keys of the tiers an add-on goes with; empty for all of them, and for tiers
 * @param features keys of the features it includes
 * @param limits allowances by key
 * @since 0.1.0
 */
public record Product(
        String key,
        String name,
        @Nullable String description,
        Kind kind,
        int tierRank,
        Set<String> on,
        Set<String> features,
        Map<String, Limit> limits) {
    /**
     * @throws IllegalArgumentException if the key is malformed, the name blank, an add-on has a rank or a tier goes on others
     */
    public Product {
        if (!PlanKey.isValid(key)) {
            throw new IllegalArgumentException("'" + key + "' is no product key");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("Product '" + key + "' needs a name");
        }
        if (kind == Kind.ADD_ON ? tierRank != 0 : !on.isEmpty()) {
            throw new IllegalArgumentException(
                    "Product '" + key + "': tiers have a rank, add-ons say on which tiers they go");
        }
        on = Set.copyOf(on);
        features = Set.copyOf(features);
        limits = Map.copyOf(limits);
    }

    /** A tier. */
    public Product(
            String key,
            String name,
            @Nullable String description,
            int tierRank,
            Set<String> features,
            Map<String, Limit> limits) {
        this(key, name, description, Kind.MAIN, tierRank, Set.of(), features, limits);
    }

    /** Whether it comes on top of a tier. */
    public boolean addOn() {
        return kind == Kind.ADD_ON;
    }

    /** Whether this add-on can be had together with the tier. */
    public boolean goesWith(Product tier) {
        return addOn() && !tier.addOn() && (on.isEmpty() || on.contains(tier.key()));
    }

    /** The part a product plays. */
    public enum Kind {
        /** A tier; an account has one at a time. */
        MAIN,
        /** Something on top of a tier. */
        ADD_ON
    }
}
