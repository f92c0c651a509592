package dev.billhook.simulator.engine.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Checkout session asks for besides a card, as a person entered it.
 *
 * @param address fields of the billing address; none where it is not asked for
 * @param texts other entries by field: {@code phone}, {@code business_name}, {@code individual_name}, {@code tax_id_type},
 *     {@code tax_id}, and custom fields by {@code custom_} and their key
 * @param termsAccepted whether the terms of service were ticked
 * @param promotions whether promotional mail was agreed to
 */
public record Particulars(ObjectNode address, Map<String, String> texts, boolean termsAccepted, boolean promotions) {
    /** Nothing entered. */
    public static final Particulars NONE = new Particulars(Docs.object(), Map.of(), false, false);

    public Particulars {
        texts = Map.copyOf(texts);
    }

    /** What was entered into a field; null when nothing was. */
    public @Nullable String text(String field) {
        String value = texts.get(field);
        return value == null || value.isBlank() ? null : value;
    }
}
