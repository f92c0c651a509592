package dev.billhook.internal.event;

import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.event.EventMeta;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Names events after the change they tell: the same version of the same object gives the same ids.
 *
 * @param scope where
 * @param objectId what changed
 * @param version which change it was
 * @param account whose it is
 * @param occurredAt when it happened
 */
public record EventIds(ProviderScope scope, String objectId, long version, AccountRef account, Instant occurredAt) {
    /** The meta data of the event of a name. */
    public EventMeta meta(String eventName) {
        String name = String.join(
                "|", scope.account(), Boolean.toString(scope.livemode()), objectId, Long.toString(version), eventName);
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new EventMeta(id.toString(), account, occurredAt);
    }
}
