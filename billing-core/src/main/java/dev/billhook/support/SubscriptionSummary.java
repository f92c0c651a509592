package dev.billhook.support;

import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription, as an agent wants to see it.
 *
 * @param plans names of its products with the keys of its plans; the provider's price id where the catalog does not know it
 * @param status how it stands
 * @param since when it was begun (UTC)
 * @param cancelAt when it will end (UTC), or null if it goes on
 * @param endedAt when it ended (UTC), or null if it has not
 * @since 0.1.0
 */
public record SubscriptionSummary(
        List<String> plans,
        SubscriptionStatus status,
        Instant since,
        @Nullable Instant cancelAt,
        @Nullable Instant endedAt) {
    /** Copies the list. */
    public SubscriptionSummary {
        plans = List.copyOf(plans);
    }
}
