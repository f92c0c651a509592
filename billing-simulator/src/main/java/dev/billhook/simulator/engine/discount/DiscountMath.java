package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.Shares;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a coupon takes off amounts in minor units, exactly. */
public final class DiscountMath {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private DiscountMath() {}

    /** A line a coupon may reduce: the product it sells and what is left of its amount. */
    public record Line(@Nullable String product, long amount) {}

    /**
     * What a coupon takes off each of these lines. A percentage is taken of the sum and rounded half up once; the whole is then
     * spread over the lines in proportion, so that the parts always add up to it.
     */
    public static List<Long> off(ObjectNode coupon, String currency, List<Line> lines) {
        List<String> products = Docs.texts(Docs.child(coupon, "_applies_to"), "products");
        List<Long> weights = lines.stream()
                .map(line -> line.amount() > 0 && (products.isEmpty() || products.contains(line.product()))
                        ? line.amount()
                        : 0L)
                .toList();
        long sum = weights.stream().mapToLong(Long::longValue).sum();
        return spread(Math.min(sum, whole(coupon, currency, sum)), sum, weights);
    }

    /** The fixed amount of a coupon in a currency; null when it has none in it. */
    static @Nullable Long amountOff(ObjectNode coupon, String currency) {
        return currency.equals(Docs.text(coupon, "currency"))
                ? Docs.number(coupon, "amount_off")
                : Docs.number(Docs.child(Docs.child(coupon, "_currency_options"), currency), "amount_off");
    }

    private static long whole(ObjectNode coupon, String currency, long sum) {
        if (coupon.path("percent_off").isNumber()) {
            return Shares.of(sum, coupon.path("percent_off").decimalValue(), HUNDRED);
        }
        Long fixed = amountOff(coupon, currency);
        return fixed == null ? 0 : fixed;
    }

    private static List<Long> spread(long whole, long sum, List<Long> weights) {
        List<Long> parts = new ArrayList<>();
        BigDecimal reached = BigDecimal.ZERO;
        long given = 0;
        for (Long weight : weights) {
            reached = reached.add(BigDecimal.valueOf(weight));
            long upToHere = sum == 0 ? 0 : Shares.of(whole, reached, BigDecimal.valueOf(sum));
            parts.add(upToHere - given);
            given = upToHere;
        }
        return parts;
    }
}
