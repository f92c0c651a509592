package dev.billhook.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/**
 * An exact amount in the minor units of its currency: 1999 USD cents, 500 JPY, 1250 KWD fils.
 *
 * @param minorUnits the amount in the currency's smallest unit as the provider counts it; may be negative (a credit)
 * @param currency the currency
 * @since 0.1.0
 */
public record Money(long minorUnits, Currency currency) {

    /** An amount in minor units. */
    public static Money of(long minorUnits, Currency currency) {
        return new Money(minorUnits, currency);
    }

    /**
     * An amount in minor units.
     *
     * @param currencyCode ISO 4217 code in any case
     * @throws IllegalArgumentException if the code is unknown
     */
    public static Money of(long minorUnits, String currencyCode) {
        return new Money(minorUnits, MinorUnits.currency(currencyCode));
    }

    /**
     * An amount in major units, e.g. {@code 19.99} USD.
     *
     * @throws ArithmeticException if the amount has more decimals than the currency
     */
    public static Money ofMajor(BigDecimal major, Currency currency) {
        return new Money(
                major.movePointRight(MinorUnits.digits(currency))
                        .setScale(0, RoundingMode.UNNECESSARY)
                        .longValueExact(),
                currency);
    }

    /** Zero in the given currency. */
    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException if the currencies differ
     * @throws ArithmeticException on overflow
     */
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if the currencies differ
     * @throws ArithmeticException on overflow
     */
    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(Math.subtractExact(minorUnits, other.minorUnits), currency);
    }

    /**
     * The amount times a whole number.
     *
     * @throws ArithmeticException on overflow
     */
    public Money times(long factor) {
        return new Money(Math.multiplyExact(minorUnits, factor), currency);
    }

    /** The amount in major units, with as many decimals as the currency has at the provider. */
    public BigDecimal toMajor() {
        return BigDecimal.valueOf(minorUnits, MinorUnits.digits(currency));
    }

    /** The amount as people of the locale write it, e.g. {@code $19.99}. */
    public String format(Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        int digits = MinorUnits.digits(currency);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(toMajor());
    }

    /** E.g. {@code 19.99 USD}; for messages, not for parsing. */
    @Override
    public String toString() {
        return toMajor().toPlainString() + " " + currency.getCurrencyCode();
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("Cannot combine " + currency.getCurrencyCode() + " with "
                    + other.currency.getCurrencyCode() + "; convert first");
        }
    }
}
