package dev.billhook.spi.store;

import dev.billhook.AsOf;
import dev.billhook.account.AccountRef;
import dev.billhook.subscription.Subscription;
import java.time.Instant;

/**
 * A subscription's row in the mirror.
 *
 * @param account whose
 * @param customerId the provider's customer
 * @param subscription the state
 * @param asOf when, in the provider's time, the state was so
 * @param syncedAt when the row was last confirmed (UTC)
 * @param version counts the writes; starts at 1
 * @since 0.1.0
 */
public record MirroredSubscription(
        AccountRef account, String customerId, Subscription subscription, AsOf asOf, Instant syncedAt, long version) {}
