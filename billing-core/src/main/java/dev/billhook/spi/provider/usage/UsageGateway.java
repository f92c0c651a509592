package dev.billhook.spi.provider.usage;

import dev.billhook.RequestKey;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * Usage at the provider. Every method throws {@link dev.billhook.error.ProviderException} only.
 *
 * @since 0.1.0
 */
public interface UsageGateway {
    /** How far back the provider takes reports, in days. */
    int OLDEST_DAYS = 35;

    /** Reports a use. One whose identifier was reported within 24 hours is not counted again, which is no failure. */
    void report(Report report, RequestKey key);

    /**
     * The provider's sum.
     *
     * @param from first minute, a whole one
     * @param until first minute after it, a whole one
     */
    BigDecimal total(String meter, String customerId, Instant from, Instant until);

    /**
     * A use.
     *
     * @param identifier names it, at most 100 characters
     * @param meter the meter's event name
     * @param occurredAt when, to the second
     */
    record Report(String identifier, String meter, String customerId, long quantity, Instant occurredAt) {}
}
