package dev.billhook.simulator.page.dashboard;

import dev.billhook.simulator.page.kit.StatusText;
import org.jspecify.annotations.Nullable;

/**
 * One value in a table or among an object's facts.
 *
 * @param link where it leads; null when nowhere
 * @param style {@code tag}, {@code mono}, {@code num} or empty
 * @param tone how a tag looks
 */
record Cell(String text, @Nullable String link, String style, String tone) {
    static Cell of(@Nullable String text) {
        return new Cell(text == null || text.isEmpty() ? "–" : text, null, "", "");
    }

    static Cell number(String text) {
        return new Cell(text, null, "num", "");
    }

    static Cell link(String text, String link) {
        return new Cell(text.isEmpty() ? "–" : text, link, "", "");
    }

    static Cell code(String text) {
        return new Cell(text, null, "mono", "");
    }

    static Cell code(String text, @Nullable String link) {
        return new Cell(text, link, "mono", "");
    }

    static Cell tag(StatusText status) {
        return new Cell(status.label(), null, "tag", status.tone());
    }
}
