package dev.billhook.simulator.engine.subscription.item;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Where billing periods begin and end. Every boundary is counted from the anchor, so that a subscription anchored on 31 January
 * renews on 28 February and again on 31 March. All times are UTC seconds.
 */
public final class BillingCalendar {
    private BillingCalendar() {}

    /** The first boundary after a second. */
    public static long boundaryAfter(long anchor, long second, String interval, long count) {
        long steps = estimate(anchor, second, interval) / count - 2;
        long boundary = boundary(anchor, steps, interval, count);
        while (boundary <= second) {
            steps++;
            boundary = boundary(anchor, steps, interval, count);
        }
        return boundary;
    }

    /** The last boundary at or before a second. */
    static long boundaryAtOrBefore(long anchor, long second, String interval, long count) {
        long steps = estimate(anchor, second, interval) / count + 2;
        long boundary = boundary(anchor, steps, interval, count);
        while (boundary > second) {
            steps--;
            boundary = boundary(anchor, steps, interval, count);
        }
        return boundary;
    }

    /**
     * A second some intervals later. Where it begins on a boundary of the anchor it ends on one, too, so that 31 January, a month
     * and a month is 31 March.
     */
    public static long plus(long anchor, long second, String interval, long count) {
        long end = at(second).plus(count, unit(interval)).toEpochSecond();
        if (boundaryAtOrBefore(anchor, second, interval, 1) != second) {
            return end;
        }
        long boundary = second;
        for (long step = 0; step < count; step++) {
            boundary = boundaryAfter(anchor, boundary, interval, 1);
        }
        return boundary;
    }

    private static long estimate(long anchor, long second, String interval) {
        return unit(interval).between(at(anchor), at(second));
    }

    private static long boundary(long anchor, long steps, String interval, long count) {
        return at(anchor).plus(steps * count, unit(interval)).toEpochSecond();
    }

    private static ChronoUnit unit(String interval) {
        return switch (interval) {
            case "day" -> ChronoUnit.DAYS;
            case "week" -> ChronoUnit.WEEKS;
            case "month" -> ChronoUnit.MONTHS;
            case "year" -> ChronoUnit.YEARS;
            default -> throw new IllegalArgumentException("interval " + interval);
        };
    }

    private static ZonedDateTime at(long second) {
        return Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC);
    }
}
