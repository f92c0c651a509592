package dev.billhook.usage;

import java.time.Instant;

/**
 * What was recorded of a meter in a time.
 *
 * @param meter the meter's event name
 * @param from first moment (UTC)
 * @param until first moment after it (UTC)
 * @param sent quantity the provider has
 * @param waiting quantity on its way to it
 * @param dead quantity the provider did not take; an operator decides
 * @since 0.1.0
 */
public record UsageSummary(String meter, Instant from, Instant until, long sent, long waiting, long dead) {
    /** The whole quantity, wherever it is. */
    public long recorded() {
        return Math.addExact(Math.addExact(sent, waiting), dead);
    }
}
