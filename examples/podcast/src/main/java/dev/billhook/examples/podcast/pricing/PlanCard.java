package dev.billhook.examples.podcast.pricing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One plan as the pricing page shows it.
 *
 * @param key the plan's key
 * @param name the product's name
 * @param tier the product's rank among the others
 * @param description one line, or null
 * @param price the amount, e.g. {@code $29}
 * @param perUnit whether the amount is for each seat
 * @param period e.g. {@code a month}
 * @param trialDays length of the free trial, or null
 * @param units the seats that can be bought, or null for a plan without seats
 * @param benefits features and limits in words
 * @param recommended whether it is the one to point at
 */
public record PlanCard(
        String key,
        String name,
        int tier,
        @Nullable String description,
        String price,
        boolean perUnit,
        String period,
        @Nullable Integer trialDays,
        @Nullable UnitRange units,
        List<String> benefits,
        boolean recommended) {

    /**
     * The seats that can be bought.
     *
     * @param minimum fewest
     * @param maximum most, or null
     */
    public record UnitRange(long minimum, @Nullable Long maximum) {}
}
