package dev.billhook.spi.provider;

import java.util.List;

/**
 * A part of a long list, newest first.
 *
 * @param items at most as many as were asked for
 * @param more whether older ones follow
 * @param <T> what is listed
 * @since 0.1.0
 */
public record Page<T>(List<T> items, boolean more) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
