package dev.billhook.simulator.page.portal;

import dev.billhook.simulator.page.text.Sum;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page on which another plan is chosen.
 *
 * @param quantity the quantity to begin with
 * @param quantityOffered whether it can be changed
 * @param limits which quantities are possible; empty when all are
 * @param codesTaken whether a promotion code can be entered
 */
record SwitchView(
        String business,
        String plan,
        List<Choice> choices,
        long quantity,
        boolean quantityOffered,
        String limits,
        boolean codesTaken,
        String action,
        String backUrl) {
    /** A price that can be switched to. */
    record Choice(String price, String name, String text, boolean current) {}

    /**
     * The page on which a switch is confirmed.
     *
     * @param when what the lines are: what is charged now, or the next invoice
     * @param note what else is to be known, for example when the switch takes effect
     * @param error why the last try failed; null when there was none
     */
    record Confirmation(
            String business,
            String from,
            String to,
            String when,
            String note,
            List<Sum> lines,
            String totalLabel,
            String total,
            String price,
            long quantity,
            String code,
            String backUrl,
            @Nullable String error) {}
}
