package dev.billhook.internal.yaml;

import dev.billhook.money.MinorUnits;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads amounts that are written in major units, e.g. {@code {usd: 29.00, jpy: 4500}}. */
public final class YamlAmounts {
    private static final int FRACTION_DIGITS = 12;
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private YamlAmounts() {}

    /** A value for each currency of a map, currency codes in any case; empty if any of them is wrong. */
    public static <V> Optional<Map<Currency, V>> byCurrency(
            YamlNode node, BiFunction<YamlNode, Currency, Optional<V>> read) {
        Map<String, YamlNode> entries = node.asMap("a map by currency, e.g. {usd: …}");
        if (node.isMap() && entries.isEmpty()) {
            node.problem("needs at least one currency");
        }
        Map<Currency, V> values = new LinkedHashMap<>();
        entries.forEach((code, entry) -> {
            Optional<Currency> currency = entry.checked(() -> MinorUnits.currency(code));
            currency.flatMap(known -> read.apply(entry, known)).ifPresent(value -> {
                if (values.putIfAbsent(currency.get(), value) != null) {
                    entry.problem("stands here twice");
                }
            });
        });
        return entries.isEmpty() || values.size() < entries.size() ? Optional.empty() : Optional.of(values);
    }

    /** An amount somebody can be charged, in minor units. */
    public static Optional<Long> minorUnits(YamlNode node, Currency currency) {
        return notNegative(node)
                .map(amount -> amount.movePointRight(MinorUnits.digits(currency)))
                .filter(minor -> hasDecimals(minor, 0)
                        || refuse(
                                node,
                                " has more decimals than " + currency.getCurrencyCode() + " allows ("
                                        + MinorUnits.digits(currency) + ")"))
                .filter(minor -> minor.compareTo(GREATEST) <= 0 || refuse(node, " is too large"))
                .map(BigDecimal::longValueExact)
                .filter(minor -> minor % MinorUnits.step(currency) == 0
                        || refuse(
                                node,
                                " cannot be charged: " + currency.getCurrencyCode() + " amounts are multiples of "
                                        + BigDecimal.valueOf(MinorUnits.step(currency), MinorUnits.digits(currency))
                                                .toPlainString()));
    }

    /** The price of a single unit in minor units, which may have up to twelve decimals. */
    public static Optional<BigDecimal> fraction(YamlNode node, Currency currency) {
        return notNegative(node)
                .map(amount -> amount.movePointRight(MinorUnits.digits(currency)))
                .filter(minor -> hasDecimals(minor, FRACTION_DIGITS)
                        || refuse(node, " has more than " + FRACTION_DIGITS + " decimals of the minor unit"));
    }

    private static Optional<BigDecimal> notNegative(YamlNode node) {
        return node.asDecimal().filter(amount -> amount.signum() >= 0 || refuse(node, " must not be negative"));
    }

    private static boolean hasDecimals(BigDecimal amount, int most) {
        return amount.stripTrailingZeros().scale() <= most;
    }

    private static boolean refuse(YamlNode node, String why) {
        node.problem(node.written().orElse("") + why);
        return false;
    }
}
