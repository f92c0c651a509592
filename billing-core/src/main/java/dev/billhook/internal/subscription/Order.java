package dev.billhook.internal.subscription;

import dev.billhook.RequestKey;
import dev.billhook.spi.provider.SubscriptionGateway.Confirmation;
import org.jspecify.annotations.Nullable;

/**
 * How a decided change is asked for at the provider.
 *
 * @param key makes every call of it repeatable
 * @param confirmation what was previewed, or null if nothing was
 */
public record Order(RequestKey key, @Nullable Confirmation confirmation) {
    /** Nothing was previewed. */
    public static Order of(RequestKey key) {
        return new Order(key, null);
    }
}
