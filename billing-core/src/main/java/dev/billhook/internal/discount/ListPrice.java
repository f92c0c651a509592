package dev.billhook.internal.discount;

import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Tier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What units cost by the catalog, before discounts and taxes. */
final class ListPrice {
    private ListPrice() {}

    /**
     * Minor units, rounded half up once as the provider does; what is measured costs nothing yet.
     *
     * @param currency one of the pricing's
     */
    static long of(Pricing pricing, long units, Currency currency) {
        if (pricing instanceof Pricing.Flat flat) {
            return in(flat.amounts(), currency);
        }
        if (pricing instanceof Pricing.OneTime once) {
            return in(once.amounts(), currency);
        }
        if (pricing instanceof Pricing.PerUnit perUnit) {
            return Math.multiplyExact(in(perUnit.amounts(), currency), units);
        }
        if (pricing instanceof Pricing.Graduated graduated) {
            return rounded(graduated(in(graduated.tiers(), currency), units));
        }
        return pricing instanceof Pricing.Volume volume ? rounded(volume(in(volume.tiers(), currency), units)) : 0;
    }

    private static <V> V in(Map<Currency, V> byCurrency, Currency currency) {
        return Objects.requireNonNull(byCurrency.get(currency), "not sold in this currency");
    }

    private static BigDecimal graduated(List<Tier> tiers, long units) {
        BigDecimal sum = BigDecimal.ZERO;
        long below = 0;
        for (Tier tier : tiers) {
            long upTo = tier.upTo() == null ? units : Math.min(units, tier.upTo());
            if (upTo > below) {
                sum = sum.add(ofTier(tier, upTo - below));
                below = upTo;
            }
        }
        return sum;
    }

    private static BigDecimal volume(List<Tier> tiers, long units) {
        return tiers.stream()
                .filter(tier -> tier.upTo() == null || units <= tier.upTo())
                .findFirst()
                .map(tier -> units == 0 ? BigDecimal.ZERO : ofTier(tier, units))
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal ofTier(Tier tier, long units) {
        return tier.unitAmount().multiply(BigDecimal.valueOf(units)).add(BigDecimal.valueOf(tier.flatAmount()));
    }

    private static long rounded(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
