package dev.billhook.examples.quickstart;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingEvent.InvoicePaid;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;

/** Prints what happens, each line under its simulated date. */
final class Story {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private final PrintStream out = System.out;

    Story(InstantSource clock) {
        this.clock = clock;
    }

    void tell(String sentence) {
        out.printf("%-12s %s%n", day(clock.instant()), sentence);
    }

    /** Events are told as they arrive, by answers and by webhooks; each fact once. */
    void event(BillingEvent event) {
        String detail =
                event instanceof InvoicePaid paid ? " " + paid.amountPaid().format(Locale.US) : "";
        out.printf("%-12s   » %s%s%n", "", event.getClass().getSimpleName(), detail);
    }

    static String day(Instant instant) {
        return DAY.format(instant);
    }

    static Collection<String> sorted(Collection<String> names) {
        return new TreeSet<>(names);
    }
}
