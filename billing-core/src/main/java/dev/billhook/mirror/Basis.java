package dev.billhook.mirror;

import dev.billhook.AsOf;
import java.time.Instant;

/**
 * How a snapshot was learned; decides whether it is newer than the mirror.
 *
 * @since 0.1.0
 */
public sealed interface Basis {
    /** When, in the provider's time, the snapshot was so. */
    AsOf asOf();

    /**
     * It came with an event.
     *
     * @param createdAt when the provider made the event (UTC, whole seconds)
     */
    record Event(Instant createdAt) implements Basis {
        @Override
        public AsOf asOf() {
            return AsOf.at(createdAt);
        }
    }

    /**
     * It is the answer to a call.
     *
     * @param asOf see {@link Fetched#asOf()}
     * @param expectedVersion version of the mirror's row before the call, 0 if there was none
     */
    record Answer(AsOf asOf, long expectedVersion) implements Basis {}
}
