package dev.billhook.spi.provider.support;

import dev.billhook.subscription.Subscription;
import dev.billhook.support.Spend;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the provider knows of customers. Reads only.
 *
 * @since 0.1.0
 */
public interface SupportGateway {
    /**
     * Living customers with this address, in whatever case it is written.
     *
     * @param max how many at most, 1 to 100
     */
    List<Found> withEmail(String email, int max);

    /** A customer, also one that was deleted; empty if the provider does not know it. */
    Optional<Found> find(String customerId);

    /** All of a customer's subscriptions, ended ones too, newest first. */
    List<Subscription> subscriptions(String customerId);

    /** What a customer paid, by currency, over all charges. */
    List<Spend> spend(String customerId);

    /**
     * A customer.
     *
     * @param createdAt when it was made; the epoch if it was deleted, because that is not told any more
     * @param country two letters, or null
     * @param currency three small letters, or null
     * @param account the account in its metadata, or null
     * @param metadata all of it
     * @param dashboard its page
     */
    record Found(
            String id,
            @Nullable String name,
            @Nullable String email,
            Instant createdAt,
            @Nullable String country,
            @Nullable String currency,
            @Nullable String account,
            Map<String, String> metadata,
            URI dashboard,
            boolean deleted) {
        /** Copies the map. */
        public Found {
            metadata = Map.copyOf(metadata);
        }
    }
}
