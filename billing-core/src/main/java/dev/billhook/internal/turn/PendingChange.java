package dev.billhook.internal.turn;

import dev.billhook.RequestKey;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a line's units that was decided and perhaps carried out already. Carrying it out again has no further effect:
 * it is absolute and carries its key.
 *
 * @param key the key of the one write it is
 * @param subscriptionId whose line
 * @param itemId which line
 * @param quantity how many units it shall have
 * @param timing how it is charged; now
 * @param notedAt when it was decided (UTC)
 * @param command the name of the host's command that asked for it, or null
 */
public record PendingChange(
        RequestKey key,
        String subscriptionId,
        String itemId,
        long quantity,
        Timing timing,
        Instant notedAt,
        @Nullable String command) {}
