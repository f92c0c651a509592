package dev.billhook.internal.support;

import dev.billhook.support.SupportLookup;
import dev.billhook.support.SupportRows;
import dev.billhook.support.SupportSettings;
import java.util.List;
import java.util.Set;

/**
 * What the host tells a help desk.
 *
 * @param settings how it is answered
 * @param lookup whose an address is
 * @param rows what else is shown
 */
public record Support(SupportSettings settings, SupportLookup lookup, SupportRows rows) {
    /** No help desk. */
    public static final Support NONE =
            new Support(SupportSettings.none(), email -> Set.of(), (email, accounts) -> List.of());
}
