package dev.billhook.simulator.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares of amounts in minor units, exactly, rounded half up. */
public final class Shares {
    private Shares() {}

    /** What of an amount falls on a part of a whole, which is not zero. */
    public static long of(long amount, BigDecimal part, BigDecimal whole) {
        return BigDecimal.valueOf(amount)
                .multiply(part)
                .divide(whole, 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** What of an amount falls on a part of a whole, which is not zero. */
    public static long of(long amount, long part, long whole) {
        return of(amount, BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }
}
