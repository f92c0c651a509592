package dev.billhook.mirror;

import java.time.Instant;

/**
 * How a snapshot was learned; decides whether it is newer than the mirror.
 *
 * @since 0.1.0
 */
public sealed interface Basis {
    /** The provider's time of the snapshot (UTC, whole seconds). */
    Instant asOf();

    /**
     * It came with an event.
     *
     * @param asOf when the provider made the event
     */
    record Event(Instant asOf) implements Basis {}

    /**
     * It is the answer to a call.
     *
     * @param asOf see {@link Fetched#asOf()}
     * @param expectedVersion version of the mirror's row before the call, 0 if there was none
     */
    record Answer(Instant asOf, long expectedVersion) implements Basis {}
}
