package dev.billhook.simulator.page.dashboard.view;

import dev.billhook.simulator.page.text.StatusText;
import org.jspecify.annotations.Nullable;

/**
 * One value in a table or among an object's facts.
 *
 * @param link where it leads; null when nowhere
 * @param style {@code tag}, {@code mono}, {@code num} or empty
 * @param tone how a tag looks
 */
public record Cell(String text, @Nullable String link, String style, String tone) {
    /** A text; a dash where there is none. */
    public static Cell of(@Nullable String text) {
        return new Cell(text == null || text.isEmpty() ? "–" : text, null, "", "");
    }

    /** A number or an amount. */
    public static Cell number(String text) {
        return new Cell(text, null, "num", "");
    }

    /** A text that leads somewhere. */
    public static Cell link(String text, String link) {
        return new Cell(text.isEmpty() ? "–" : text, link, "", "");
    }

    /** An identifier. */
    public static Cell code(String text) {
        return new Cell(text, null, "mono", "");
    }

    /** An identifier that leads somewhere. */
    public static Cell code(String text, @Nullable String link) {
        return new Cell(text, link, "mono", "");
    }

    /** A state. */
    public static Cell tag(StatusText status) {
        return new Cell(status.label(), null, "tag", status.tone());
    }
}
