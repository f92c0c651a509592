package dev.billhook.simulator.page.checkout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field a session asks for besides e-mail and card.
 *
 * @param type of the input: {@code text}, {@code tel}, {@code select} or {@code checkbox}
 * @param value what stands in it; for a checkbox {@code yes} when it is ticked
 * @param options of a select
 * @param autocomplete what the browser may fill in
 * @param error what is wrong with it; null when nothing is
 */
record ExtraField(
        String id,
        String label,
        String type,
        String value,
        List<Option> options,
        String autocomplete,
        @Nullable String error) {
    /** One option of a select. */
    record Option(String value, String label) {}

    public boolean isTick() {
        return "checkbox".equals(type);
    }

    public boolean isSelect() {
        return "select".equals(type);
    }

    ExtraField with(@Nullable String otherError) {
        return new ExtraField(id, label, type, value, options, autocomplete, otherError);
    }
}
