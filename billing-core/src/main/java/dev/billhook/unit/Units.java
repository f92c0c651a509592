package dev.billhook.unit;

import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.UnitTerms;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The units of an account.
 *
 * @param plan the plan they are units of
 * @param bought how many are bought, included ones among them
 * @param terms which numbers can be bought
 * @param counted how many the host counts by its {@link UnitSource}, or null if it does not
 * @since 0.1.0
 */
public record Units(
        PlanKey plan,
        long bought,
        UnitTerms terms,
        @Nullable Long counted) {
    /** How many are bought and not in use, as the host counts; negative if more are in use. */
    public OptionalLong free() {
        return counted == null ? OptionalLong.empty() : OptionalLong.of(bought - counted);
    }
}
