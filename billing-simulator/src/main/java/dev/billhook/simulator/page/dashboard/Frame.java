package dev.billhook.simulator.page.dashboard;

import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.page.kit.StatusText;
import dev.billhook.simulator.page.kit.TimeText;
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
record Frame(
        List<Tab> tabs,
        String now,
        String nowIso,
        String back,
        String earliest,
        @Nullable StatusText notice) {
    static final String HOME = "/dashboard";
    private static final List<String> SECTIONS =
            List.of("Customers", "Subscriptions", "Invoices", "Catalog", "Checkout", "Events", "Webhooks", "Requests");
    private static final Map<String, StatusText> NOTICES = Map.of(
            "advanced", new StatusText("Time has moved on; everything that was due has happened.", "good"),
            "past", new StatusText("Time cannot go back.", "bad"),
            "far", new StatusText("Time can be advanced by 20 years at most at once.", "bad"),
            "date", new StatusText("Choose a day to advance to, for example 2027-03-31.", "bad"),
            "resent", new StatusText("The event is on its way again.", "good"));

    /** One of the dashboard's sections. */
    record Tab(String label, String url, boolean current) {}

    static Frame of(PageRequest request, Instant now) {
        String section = request.segment(1);
        List<Tab> tabs = SECTIONS.stream()
                .map(label -> {
                    String name = label.toLowerCase(Locale.ROOT);
                    return new Tab(label, HOME + "/" + name, name.equals(section));
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

    /** The address of a section. */
    static String section(String name) {
        return HOME + "/" + name;
    }

    /** The address of an object in a section. */
    static String object(String section, String id) {
        return HOME + "/" + section + "/" + id;
    }
}
