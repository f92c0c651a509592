package dev.billhook.invoice;

import dev.billhook.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a discount takes off an invoice.
 *
 * @param id the provider's id of the discount; informational
 * @param coupon key of the coupon it comes from, or null if the provider does not tell it any more
 * @param amount how much, at least 0
 * @since 0.1.0
 */
public record AppliedDiscount(String id, @Nullable String coupon, Money amount) {}
