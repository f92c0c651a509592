package dev.billhook.simulator.engine.tax;

import dev.billhook.simulator.engine.Shares;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What tax comes to on one line, in minor units, exactly: each rate is rounded half up by itself, line by line. */
public final class TaxMath {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private TaxMath() {}

    /**
     * A rate that applies to a line.
     *
     * @param id the tax rate
     * @param percentage out of 100; zero where somebody need not pay
     * @param inclusive whether the amount contains it already
     * @param reason why it is what it is, in Stripe's words
     */
    public record Rate(String id, BigDecimal percentage, boolean inclusive, String reason) {
        /** The same rate, of which nothing is to be paid for another reason. */
        Rate waived(String why) {
            return new Rate(id, BigDecimal.ZERO, inclusive, why);
        }
    }

    /**
     * What one rate comes to.
     *
     * @param taxable the amount without tax it is worked out of
     */
    public record Tax(Rate rate, long amount, long taxable) {}

    /** The taxes of a line with this amount, which is what discounts have left of it. */
    public static List<Tax> of(long amount, List<Rate> rates) {
        BigDecimal contained = HUNDRED.add(
                rates.stream().filter(Rate::inclusive).map(Rate::percentage).reduce(BigDecimal.ZERO, BigDecimal::add));
        long within = rates.stream()
                .filter(Rate::inclusive)
                .mapToLong(rate -> Shares.of(amount, rate.percentage(), contained))
                .sum();
        List<Tax> taxes = new ArrayList<>();
        for (Rate rate : rates) {
            long tax = rate.inclusive()
                    ? Shares.of(amount, rate.percentage(), contained)
                    : Shares.of(amount - within, rate.percentage(), HUNDRED);
            taxes.add(new Tax(rate, tax, amount - within));
        }
        return taxes;
    }

    /** The sum of those taxes that come on top of the amount. */
    public static long onTop(List<Tax> taxes) {
        return taxes.stream()
                .filter(tax -> !tax.rate().inclusive())
                .mapToLong(Tax::amount)
                .sum();
    }

    /** The sum of those taxes the amount contains. */
    public static long within(List<Tax> taxes) {
        return taxes.stream()
                .filter(tax -> tax.rate().inclusive())
                .mapToLong(Tax::amount)
                .sum();
    }
}
