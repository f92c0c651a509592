package dev.billhook.catalog;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How a plan's amount comes about, per currency. All amounts are minor units. The maps' order counts: the first currency is
 * the one charged where the buyer's own is not for sale, so give a map that has an order, such as a {@link LinkedHashMap}.
 *
 * @since 0.1.0
 */
public sealed interface Pricing {
    /** The currencies the plan is sold in, the one charged by default first; never empty. */
    Set<Currency> currencies();

    /** Whether the quantity of units is chosen by the host, and not measured or fixed at one. */
    default boolean takesUnits() {
        return this instanceof PerUnit || this instanceof Graduated || this instanceof Volume;
    }

    /**
     * The same amount every interval, whatever is used.
     *
     * @param amounts minor units by currency
     */
    record Flat(Map<Currency, Long> amounts) implements Pricing {
        /** Copies and checks the amounts. */
        public Flat {
            amounts = Checks.amounts(amounts);
        }

        @Override
        public Set<Currency> currencies() {
            return amounts.keySet();
        }
    }

    /**
     * An amount for each unit (seat, licence) every interval.
     *
     * @param amounts minor units of one unit by currency
     */
    record PerUnit(Map<Currency, Long> amounts) implements Pricing {
        /** Copies and checks the amounts. */
        public PerUnit {
            amounts = Checks.amounts(amounts);
        }

        @Override
        public Set<Currency> currencies() {
            return amounts.keySet();
        }
    }

    /**
     * Each unit at the price of the tier it falls in.
     *
     * @param tiers ascending tiers by currency, the last open
     */
    record Graduated(Map<Currency, List<Tier>> tiers) implements Pricing {
        /** Copies and checks the tiers. */
        public Graduated {
            tiers = Checks.tiers(tiers);
        }

        @Override
        public Set<Currency> currencies() {
            return tiers.keySet();
        }
    }

    /**
     * All units at the price of the tier the total falls in.
     *
     * @param tiers ascending tiers by currency, the last open
     */
    record Volume(Map<Currency, List<Tier>> tiers) implements Pricing {
        /** Copies and checks the tiers. */
        public Volume {
            tiers = Checks.tiers(tiers);
        }

        @Override
        public Set<Currency> currencies() {
            return tiers.keySet();
        }
    }

    /**
     * Usage measured by a meter, charged at the end of the interval.
     *
     * @param meter the meter's event name
     * @param amounts minor units of one measured unit by currency; may have decimals
     */
    record Metered(String meter, Map<Currency, BigDecimal> amounts) implements Pricing {
        /** Copies and checks the amounts. */
        public Metered {
            if (meter.isBlank()) {
                throw new IllegalArgumentException("A metered price names its meter");
            }
            amounts = Checks.copied(amounts, BigDecimal::stripTrailingZeros);
            if (amounts.values().stream().anyMatch(amount -> amount.signum() < 0)) {
                throw new IllegalArgumentException("An amount must not be negative");
            }
        }

        @Override
        public Set<Currency> currencies() {
            return amounts.keySet();
        }
    }

    /**
     * One payment; the access it buys does not end.
     *
     * @param amounts minor units by currency
     */
    record OneTime(Map<Currency, Long> amounts) implements Pricing {
        /** Copies and checks the amounts. */
        public OneTime {
            amounts = Checks.amounts(amounts);
        }

        @Override
        public Set<Currency> currencies() {
            return amounts.keySet();
        }
    }

    /** What the constructors share; not for callers. */
    final class Checks {
        private Checks() {}

        private static Map<Currency, Long> amounts(Map<Currency, Long> amounts) {
            if (amounts.values().stream().anyMatch(amount -> amount < 0)) {
                throw new IllegalArgumentException("An amount must not be negative");
            }
            return copied(amounts, amount -> amount);
        }

        private static Map<Currency, List<Tier>> tiers(Map<Currency, List<Tier>> tiers) {
            tiers.values().forEach(Checks::ascending);
            return copied(tiers, List::copyOf);
        }

        private static void ascending(List<Tier> tiers) {
            long before = 0;
            for (int i = 0; i < tiers.size(); i++) {
                Long upTo = tiers.get(i).upTo();
                boolean last = i == tiers.size() - 1;
                if ((upTo == null) != last) {
                    throw new IllegalArgumentException("The last tier, and only it, is open");
                }
                if (upTo != null && upTo <= before) {
                    throw new IllegalArgumentException("Tiers must ascend; " + upTo + " follows " + before);
                }
                before = upTo == null ? before : upTo;
            }
            if (tiers.isEmpty()) {
                throw new IllegalArgumentException("A tiered price needs at least one tier");
            }
        }

        /** Keeps the order: the first currency is the one charged where the buyer's own is not for sale. */
        private static <V> Map<Currency, V> copied(Map<Currency, V> byCurrency, UnaryOperator<V> copy) {
            if (byCurrency.isEmpty()) {
                throw new IllegalArgumentException("A price needs at least one currency");
            }
            Map<Currency, V> copied = new LinkedHashMap<>();
            byCurrency.forEach((currency, value) -> copied.put(currency, copy.apply(value)));
            return Collections.unmodifiableMap(copied);
        }
    }
}
