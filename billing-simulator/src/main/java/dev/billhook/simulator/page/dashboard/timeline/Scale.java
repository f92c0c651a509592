package dev.billhook.simulator.page.dashboard.timeline;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the axis of time is marked, so that the marks are round and not too many. */
final class Scale {
    private static final int MOST = 9;

    /** A mark of the axis. */
    record Tick(long at, String label) {}

    private record Step(ChronoUnit unit, int count, String pattern) {
        ZonedDateTime floor(ZonedDateTime time) {
            return switch (unit) {
                case YEARS -> time.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
                case MONTHS ->
                    time.withDayOfMonth(1)
                            .withMonth((time.getMonthValue() - 1) / count * count + 1)
                            .truncatedTo(ChronoUnit.DAYS);
                default -> time.truncatedTo(unit);
            };
        }

        Tick tick(ZonedDateTime time) {
            String label = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
            return new Tick(time.toEpochSecond(), label);
        }
    }

    private static final List<Step> STEPS = List.of(
            new Step(ChronoUnit.HOURS, 1, "d MMM HH:mm"),
            new Step(ChronoUnit.HOURS, 6, "d MMM HH:mm"),
            new Step(ChronoUnit.DAYS, 1, "d MMM"),
            new Step(ChronoUnit.DAYS, 7, "d MMM"),
            new Step(ChronoUnit.DAYS, 14, "d MMM"),
            new Step(ChronoUnit.MONTHS, 1, "MMM uuuu"),
            new Step(ChronoUnit.MONTHS, 3, "MMM uuuu"),
            new Step(ChronoUnit.YEARS, 1, "uuuu"),
            new Step(ChronoUnit.YEARS, 2, "uuuu"),
            new Step(ChronoUnit.YEARS, 5, "uuuu"),
            new Step(ChronoUnit.YEARS, 25, "uuuu"));

    private Scale() {}

    static List<Tick> ticks(long from, long to) {
        List<Tick> ticks = List.of();
        for (Step step : STEPS) {
            ticks = ticks(step, from, to);
            if (ticks.size() <= MOST) {
                return ticks;
            }
        }
        return ticks.subList(0, MOST);
    }

    private static List<Tick> ticks(Step step, long from, long to) {
        List<Tick> ticks = new ArrayList<>();
        ZonedDateTime time = step.floor(Instant.ofEpochSecond(from).atZone(ZoneOffset.UTC));
        while (time.toEpochSecond() <= to && ticks.size() <= MOST) {
            if (time.toEpochSecond() >= from) {
                ticks.add(step.tick(time));
            }
            time = time.plus(step.count(), step.unit());
        }
        return ticks;
    }
}
