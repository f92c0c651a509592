package dev.billhook.catalog;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tier of the offering, e.g. "Pro", sold through one or more plans.
 *
 * @param key stable name, same form as a {@link PlanKey}
 * @param name display name
 * @param description one line for the pricing page, or null
 * @param tierRank position among the tiers; a greater rank is an upgrade
 * @param features keys of the features it includes
 * @param limits allowances by key
 * @since 0.1.0
 */
public record Product(
        String key,
        String name,
        @Nullable String description,
        int tierRank,
        Set<String> features,
        Map<String, Limit> limits) {
    /**
     * @throws IllegalArgumentException if the key is malformed or the name blank
     */
    public Product {
        if (!PlanKey.isValid(key)) {
            throw new IllegalArgumentException("'" + key + "' is no product key");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("Product '" + key + "' needs a name");
        }
        features = Set.copyOf(features);
        limits = Map.copyOf(limits);
    }
}
