package dev.billhook.internal.migration;

import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Tier;
import dev.billhook.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What so many units cost in a period, before discounts and tax. Each part of a tiered price is rounded half up by itself, as
 * it is a line of its own on the invoice. Pure.
 */
final class PeriodAmount {
    private PeriodAmount() {}

    /** The amount; empty if the pricing is by use, or there is none in the currency. */
    static Optional<Money> of(@Nullable Pricing pricing, Currency currency, long units) {
        if (pricing instanceof Pricing.Flat flat) {
            return whole(flat.amounts(), currency, units);
        }
        if (pricing instanceof Pricing.PerUnit perUnit) {
            return whole(perUnit.amounts(), currency, units);
        }
        if (pricing instanceof Pricing.Graduated graduated) {
            return Optional.ofNullable(graduated.tiers().get(currency))
                    .map(tiers -> Money.of(graduated(tiers, units), currency));
        }
        if (pricing instanceof Pricing.Volume volume) {
            return Optional.ofNullable(volume.tiers().get(currency))
                    .map(tiers -> Money.of(volume(tiers, units), currency));
        }
        return Optional.empty();
    }

    private static Optional<Money> whole(Map<Currency, Long> amounts, Currency currency, long units) {
        return Optional.ofNullable(amounts.get(currency))
                .map(amount -> Money.of(amount, currency).times(units));
    }

    private static long graduated(List<Tier> tiers, long units) {
        long sum = 0;
        long below = 0;
        for (Tier tier : tiers) {
            long top = tier.upTo() == null ? units : Math.min(units, tier.upTo());
            if (top > below || (below == 0 && units == 0)) {
                sum = Math.addExact(sum, part(tier, Math.max(0, top - below)));
            }
            if (top >= units) {
                break;
            }
            below = top;
        }
        return sum;
    }

    private static long volume(List<Tier> tiers, long units) {
        return tiers.stream()
                .filter(tier -> tier.upTo() == null || units <= tier.upTo())
                .findFirst()
                .map(tier -> part(tier, units))
                .orElseThrow();
    }

    private static long part(Tier tier, long units) {
        long each = tier.unitAmount()
                .multiply(BigDecimal.valueOf(units))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return Math.addExact(each, tier.flatAmount());
    }
}
