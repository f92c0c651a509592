package dev.billhook;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When, in the provider's time, something was so. Events carry a whole second; the answer to a call was true at some time
 * while the call was under way, which is all that can be known.
 *
 * @param earliest the first second it can have been (UTC)
 * @param latest the last second it can have been (UTC)
 * @since 0.1.0
 */
public record AsOf(Instant earliest, Instant latest) {
    /**
     * Cuts both to whole seconds.
     *
     * @throws IllegalArgumentException if latest is before earliest
     */
    public AsOf {
        earliest = earliest.truncatedTo(ChronoUnit.SECONDS);
        latest = latest.truncatedTo(ChronoUnit.SECONDS);
        if (latest.isBefore(earliest)) {
            throw new IllegalArgumentException("latest must not be before earliest");
        }
    }

    /** Exactly that second. */
    public static AsOf at(Instant second) {
        return new AsOf(second, second);
    }

    /** Whether the second is later than this can have been. */
    public boolean before(Instant second) {
        return latest.isBefore(second);
    }

    /** Whether the second is earlier than this can have been. */
    public boolean after(Instant second) {
        return earliest.isAfter(second);
    }

    /** What is known after both: the later of each end. */
    public AsOf advancedTo(AsOf other) {
        return new AsOf(
                earliest.isAfter(other.earliest) ? earliest : other.earliest,
                latest.isAfter(other.latest) ? latest : other.latest);
    }
}
