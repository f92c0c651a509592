package dev.billhook.account;

import org.jspecify.annotations.Nullable;

/**
 * The part of a payment method that may be shown and stored.
 *
 * @param id the provider's id; informational
 * @param type the provider's type, e.g. {@code card} or {@code sepa_debit}
 * @param brand card brand, or null when it is no card or not known
 * @param lastFour last four digits, or null
 * @param expiryMonth 1 to 12, or null
 * @param expiryYear four digits, or null
 * @since 0.1.0
 */
public record PaymentMethod(
        String id,
        String type,
        @Nullable String brand,
        @Nullable String lastFour,
        @Nullable Integer expiryMonth,
        @Nullable Integer expiryYear) {}
