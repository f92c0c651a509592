package dev.billhook.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A discount a subscription has.
 *
 * @param id the provider's id; informational
 * @param coupon key of the coupon it comes from
 * @param promotionCode the provider's id of the promotion code it was redeemed by, or null; informational
 * @param end when it ends (UTC), or null if it does not or ends with the first invoice
 * @since 0.1.0
 */
public record AppliedDiscount(
        String id,
        String coupon,
        @Nullable String promotionCode,
        @Nullable Instant end) {}
