package dev.billhook.simulator.page.kit;

import org.jspecify.annotations.Nullable;

/**
 * What a page says that offers nothing to fill in.
 *
 * @param link where to go on; null when there is nowhere
 * @param label the text of the link
 */
record Message(
        String title,
        String text,
        @Nullable String link,
        @Nullable String label) {}
