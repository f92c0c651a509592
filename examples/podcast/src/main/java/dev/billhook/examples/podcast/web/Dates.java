package dev.billhook.examples.podcast.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as the pages write them. */
public final class Dates {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Dates() {}

    /** The day of the instant in UTC, e.g. {@code 4 December 2026}. */
    public static String format(Instant instant) {
        return DAY.format(instant);
    }
}
