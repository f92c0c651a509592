package dev.billhook.entitlement;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The host's rules for late and ended subscriptions.
 *
 * @param grace how long a past due subscription still gives full access, counted from the start of the unpaid period
 * @param readOnly how long an ended subscription can still be read, or null for ever
 * @since 0.1.0
 */
public record AccessPolicy(Duration grace, @Nullable Duration readOnly) {
    /** Fourteen days of grace; ended subscriptions stay readable for ever. */
    public static final AccessPolicy STANDARD = new AccessPolicy(Duration.ofDays(14), null);

    /**
     * @throws IllegalArgumentException if a duration is negative
     */
    public AccessPolicy {
        if (grace.isNegative() || (readOnly != null && readOnly.isNegative())) {
            throw new IllegalArgumentException("grace and readOnly must not be negative");
        }
    }
}
