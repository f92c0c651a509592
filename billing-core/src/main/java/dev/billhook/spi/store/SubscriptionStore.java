package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mirrored subscriptions, to read. The door alone writes them, through {@link MirrorStore}.
 *
 * @since 0.1.0
 */
public interface SubscriptionStore {
    /** The row of a provider's subscription id. */
    Optional<MirroredSubscription> find(String subscriptionId);

    /** The rows of these ids; what is not there is left out. */
    Map<String, MirroredSubscription> findAll(Collection<String> subscriptionIds);

    /** All rows of an account, newest {@code createdAt} first; one round trip, no transaction needed. */
    List<MirroredSubscription> list(AccountRef account);

    /**
     * Rows of subscriptions made before an instant, newest first, for going through all of them.
     *
     * @param notAfter the latest {@code createdAt}, or null to begin
     * @param afterId the last id seen of those made at {@code notAfter}, or null
     */
    List<MirroredSubscription> scan(@Nullable Instant notAfter, @Nullable String afterId, int max);
}
