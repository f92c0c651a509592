package dev.billhook.addon;

import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An add-on an account has.
 *
 * @param plan its plan
 * @param units how many; 0 for metered plans
 * @param ownSubscription whether it is a subscription of its own, and not a line of the main one
 * @param periodEnd end of what is paid (UTC)
 * @param endsAt when it ends (UTC), or null if it goes on
 * @since 0.1.0
 */
public record AddOn(
        PlanKey plan,
        long units,
        boolean ownSubscription,
        Instant periodEnd,
        @Nullable Instant endsAt) {}
