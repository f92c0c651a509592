package dev.billhook.simulator.kernel;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/**
 * Words amounts of minor units for people, in English. How many digits a currency has follows Stripe, which differs from ISO 4217
 * for some. Source: Stripe documentation, "Supported currencies".
 */
public final class AmountText {
    private static final Set<String> WITHOUT_DECIMALS = Set.of(
            "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf");
    private static final Set<String> WITH_THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");

    private AmountText() {}

    /** An amount, for example {@code $12.00}, {@code ¥1,200} or {@code KWD 1.250}. */
    public static String of(long minorUnits, String currency) {
        return of(BigDecimal.valueOf(minorUnits), currency);
    }

    /** An amount that may be a fraction of a minor unit, whose further digits are shown. */
    public static String of(BigDecimal minorUnits, String currency) {
        String code = currency.toLowerCase(Locale.ROOT);
        int digits = digits(code);
        BigDecimal amount = minorUnits.abs().movePointLeft(digits).stripTrailingZeros();
        NumberFormat format = NumberFormat.getNumberInstance(Locale.US);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(Math.max(digits, amount.scale()));
        return (minorUnits.signum() < 0 ? "\u2212" : "") + symbol(code) + format.format(amount);
    }

    /** The digits after the decimal point of a currency. */
    public static int digits(String currency) {
        String code = currency.toLowerCase(Locale.ROOT);
        if (WITHOUT_DECIMALS.contains(code)) {
            return 0;
        }
        return WITH_THREE_DECIMALS.contains(code) ? 3 : 2;
    }

    private static String symbol(String code) {
        String symbol;
        try {
            symbol = Currency.getInstance(code.toUpperCase(Locale.ROOT)).getSymbol(Locale.US);
        } catch (IllegalArgumentException e) {
            symbol = code.toUpperCase(Locale.ROOT);
        }
        return Character.isLetter(symbol.charAt(symbol.length() - 1)) ? symbol + "\u00a0" : symbol;
    }
}
