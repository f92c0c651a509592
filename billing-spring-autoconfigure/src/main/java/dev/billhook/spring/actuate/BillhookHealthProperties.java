package dev.billhook.spring.actuate;

import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When billing counts as unwell.
 *
 * @param enabled Whether billing takes part in the application's health.
 * @param status Status to tell when a bound is passed. One that Spring does not know is shown, but takes no node out of service; OUT_OF_SERVICE or DOWN does.
 * @param maxDead Greatest number of dead events in the inbox, of dead deliveries in the outbox, and of dead usage records.
 * @param maxInboxLag Longest time an event may wait to be applied.
 * @param maxOutboxLag Longest time a delivery to a listener may be overdue.
 * @param maxUsageLag Longest time a report of usage may be overdue.
 * @param maxReplayAge Longest time since the last replay of Stripe's events; counts from the first replay on.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.health")
public record BillhookHealthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(DEFAULT_STATUS) String status,
        @DefaultValue("0") long maxDead,
        @DefaultValue("15m") Duration maxInboxLag,
        @DefaultValue("15m") Duration maxOutboxLag,
        @DefaultValue("15m") Duration maxUsageLag,
        @DefaultValue("1h") Duration maxReplayAge) {
    /** The status unless told otherwise. */
    public static final String DEFAULT_STATUS = "DEGRADED";

    /**
     * @throws IllegalArgumentException if a bound is negative or the status is none
     */
    public BillhookHealthProperties {
        if (!status.matches("[A-Z_]+")) {
            throw new IllegalArgumentException("billhook.health.status consists of capitals and '_', e.g. DEGRADED");
        }
        if (maxDead < 0
                || Stream.of(maxInboxLag, maxOutboxLag, maxUsageLag, maxReplayAge)
                        .anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("The bounds of billhook.health cannot be negative");
        }
    }
}
