package dev.billhook.simulator.page.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Words instants for people, in English and in UTC. */
public final class TimeText {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private TimeText() {}

    /** A day, for example {@code 5 March 2027}. */
    public static String day(long second) {
        return DAY.format(Instant.ofEpochSecond(second));
    }

    /** A second, for example {@code 5 Mar 2027, 14:00:00 UTC}. */
    public static String exact(Instant instant) {
        return EXACT.format(instant);
    }

    /** A second, for example {@code 5 Mar 2027, 14:00:00 UTC}. */
    public static String exact(long second) {
        return exact(Instant.ofEpochSecond(second));
    }

    /** An ISO-8601 instant for machine-readable attributes. */
    public static String iso(long second) {
        return Instant.ofEpochSecond(second).toString();
    }
}
