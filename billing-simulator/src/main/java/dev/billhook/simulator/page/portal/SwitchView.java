package dev.billhook.simulator.page.portal;

import dev.billhook.simulator.page.kit.Sum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page on which another plan is chosen.
 *
 * @param quantity the present quantity
 * @param quantityOffered whether it can be changed
 */
record SwitchView(
        String business,
        String plan,
        List<Choice> choices,
        long quantity,
        boolean quantityOffered,
        String action,
        String backUrl) {
    /** A price that can be switched to. */
    record Choice(String price, String name, String text, boolean current) {}

    /**
     * The page on which a switch is confirmed.
     *
     * @param when what the lines are: what is charged now, or the next invoice
     * @param error why the last try failed; null when there was none
     */
    record Confirmation(
            String business,
            String from,
            String to,
            String when,
            List<Sum> lines,
            String total,
            String price,
            long quantity,
            String backUrl,
            @Nullable String error) {}
}
