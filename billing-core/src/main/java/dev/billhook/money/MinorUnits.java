package dev.billhook.money;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/**
 * How many decimals a currency has in the provider's amounts. Differs from ISO 4217 for a few currencies; source: Stripe,
 * "Supported currencies", zero-decimal, three-decimal and special-case currencies.
 *
 * @since 0.1.0
 */
public final class MinorUnits {
    private static final Set<String> NONE = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THREE = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private static final Set<String> WHOLE_ONLY = Set.of("ISK", "UGX");

    private MinorUnits() {}

    /** Number of decimals: 0, 2 or 3. */
    public static int digits(Currency currency) {
        String code = currency.getCurrencyCode();
        return NONE.contains(code) ? 0 : THREE.contains(code) ? 3 : 2;
    }

    /**
     * Amounts that can be charged are multiples of this many minor units: the last digit of three-decimal currencies is 0,
     * and krónur and shillings are whole although the provider counts them in hundredths.
     */
    public static long step(Currency currency) {
        return WHOLE_ONLY.contains(currency.getCurrencyCode()) ? 100 : digits(currency) == 3 ? 10 : 1;
    }

    /**
     * The currency of a code in any case, as the provider writes it in lower case.
     *
     * @throws IllegalArgumentException if the code is no ISO 4217 currency
     */
    public static Currency currency(String code) {
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + code + "' is no ISO 4217 currency code", e);
        }
    }
}
