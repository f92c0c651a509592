package dev.billhook.coupon;

import dev.billhook.money.Money;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a coupon takes off.
 *
 * @since 0.1.0
 */
public sealed interface Reduction {
    /** A share of what is charged, in percent. */
    static Reduction percent(long percent) {
        return new Percent(BigDecimal.valueOf(percent));
    }

    /** An amount, in one currency. */
    static Reduction amount(Money amount) {
        return new Amount(Map.of(amount.currency(), amount.minorUnits()));
    }

    /** Whether it can be taken off an invoice in the currency. */
    boolean worksIn(Currency currency);

    /**
     * A share of what is charged.
     *
     * @param percent greater than 0 and at most 100, with at most two decimals
     */
    record Percent(BigDecimal percent) implements Reduction {
        private static final BigDecimal MOST = BigDecimal.valueOf(100);

        /**
         * @throws IllegalArgumentException if it is out of range
         */
        public Percent {
            percent = percent.stripTrailingZeros();
            if (percent.signum() <= 0 || percent.compareTo(MOST) > 0 || percent.scale() > 2) {
                throw new IllegalArgumentException("A percentage is greater than 0, at most 100 and has at most two"
                        + " decimals; " + percent.toPlainString() + " is not");
            }
        }

        @Override
        public boolean worksIn(Currency currency) {
            return true;
        }

        @Override
        public String toString() {
            return percent.toPlainString() + " %";
        }
    }

    /**
     * An amount.
     *
     * @param amounts minor units by currency, at least 1; never empty
     */
    record Amount(Map<Currency, Long> amounts) implements Reduction {
        /**
         * @throws IllegalArgumentException if there is none, or one is below 1
         */
        public Amount {
            if (amounts.isEmpty() || amounts.values().stream().anyMatch(amount -> amount < 1)) {
                throw new IllegalArgumentException("A coupon takes off at least 1 minor unit in at least one currency");
            }
            amounts = Collections.unmodifiableMap(new LinkedHashMap<>(amounts));
        }

        @Override
        public boolean worksIn(Currency currency) {
            return amounts.containsKey(currency);
        }

        @Override
        public String toString() {
            return String.join(
                    " or ",
                    amounts.entrySet().stream()
                            .map(each ->
                                    Money.of(each.getValue(), each.getKey()).toString())
                            .toList());
        }
    }
}
