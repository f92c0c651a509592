package dev.billhook.account;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a payment method that may be shown and stored.
 *
 * @param id the provider's id; informational
 * @param type the provider's type, e.g. {@code card} or {@code sepa_debit}; {@link #TYPE_NOT_TOLD} if only the id is known
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
        @Nullable Integer expiryYear) {
    /** The type of one that is only named. */
    public static final String TYPE_NOT_TOLD = "unknown";

    /** One of which only the id is known. */
    public static PaymentMethod named(String id) {
        return new PaymentMethod(id, TYPE_NOT_TOLD, null, null, null, null);
    }

    /** Whether more than the id is known. */
    public boolean told() {
        return !type.equals(TYPE_NOT_TOLD);
    }

    /** The last month it can be charged in, if it is a card. */
    public Optional<YearMonth> lastMonth() {
        return expiryMonth == null || expiryYear == null
                ? Optional.empty()
                : Optional.of(YearMonth.of(expiryYear, expiryMonth));
    }

    /** Whether it is a card that cannot be charged at that time any more. A card is good until the end of its month (UTC). */
    public boolean expiredAt(Instant time) {
        return lastMonth()
                .filter(month -> !month.plusMonths(1)
                        .atDay(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .isAfter(time))
                .isPresent();
    }
}
