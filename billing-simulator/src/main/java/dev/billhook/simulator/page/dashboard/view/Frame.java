package dev.billhook.simulator.page.dashboard.view;

import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.TimeText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page of the dashboard: tabs, the clock, and what the last action brought.
 *
 * @param back where the clock's forms come back to
 * @param earliest the first day that can be advanced to
 */
public record Frame(
        List<Tab> tabs,
        String now,
        String nowIso,
        String back,
        String earliest,
        @Nullable StatusText notice) {
    private static final List<String> SECTIONS = List.of(
            "Customers",
            "Subscriptions",
            "Invoices",
            "Payments",
            "Catalog",
            "Checkout",
            "Events",
            "Webhooks",
            "Requests",
            "Control");
    private static final Map<String, StatusText> NOTICES = Map.ofEntries(
            notice("advanced", "Time has moved on; everything that was due has happened.", "good"),
            notice("idle", "Nothing is due: no event lies ahead.", "info"),
            notice("past", "Time cannot go back.", "bad"),
            notice("far", "Time can be advanced by 20 years at most at once.", "bad"),
            notice("date", "Choose a day to advance to, for example 2027-03-31.", "bad"),
            notice("amount", "Say how far to advance as a whole number.", "bad"),
            notice("resent", "The event is on its way again.", "good"),
            notice("refunded", "The money is on its way back.", "good"),
            notice("disputed", "The cardholder disputes the payment.", "good"),
            notice("decided", "The bank has decided.", "good"),
            notice("faults", "The next requests will go wrong as you say.", "good"),
            notice("nofaults", "No request will go wrong on purpose.", "good"),
            notice("chaos", "Deliveries go wrong as you say.", "good"),
            notice("calm", "Deliveries no longer go wrong on purpose.", "good"),
            notice("unsure", "Nothing was forgotten: tick the box to confirm.", "bad"),
            notice("reset", "Everything is forgotten; time begins again.", "good"));

    private static Map.Entry<String, StatusText> notice(String name, String text, String tone) {
        return Map.entry(name, new StatusText(text, tone));
    }

    /** One of the dashboard's sections. */
    public record Tab(String label, String url, boolean current) {}

    /** The frame of the page that is asked for. */
    public static Frame of(PageRequest request, Instant now) {
        String section = request.segment(1);
        List<Tab> tabs = SECTIONS.stream()
                .map(label -> {
                    String name = label.toLowerCase(Locale.ROOT);
                    return new Tab(label, Places.section(name), name.equals(section));
                })
                .toList();
        return new Frame(
                tabs,
                TimeText.exact(now),
                TimeText.iso(now.getEpochSecond()),
                request.path(),
                LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1).toString(),
                NOTICES.get(request.query().getOrDefault("notice", "")));
    }
}
