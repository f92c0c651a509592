package dev.billhook.simulator.page.dashboard.timeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a subscription. All times are Unix seconds.
 *
 * @param to when it ended, or as far ahead as is known
 * @param states what status it was in, in order
 * @param periods what it was billed for, one for each period and plan, in order
 * @param moments what happened besides, in order
 * @param bills its invoices, oldest first
 */
record Story(
        long from,
        long to,
        long now,
        List<Stretch> states,
        List<Stretch> periods,
        List<Moment> moments,
        List<Moment> bills) {
    /** A time that was of one kind. */
    record Stretch(long from, long to, String label, String tone) {}

    /**
     * Something that happened at once.
     *
     * @param tone how it looks, as that of a status
     * @param link where more about it is; null when nowhere
     */
    record Moment(
            long at, String text, String tone, @Nullable String link) {}
}
