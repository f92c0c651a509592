package dev.billhook.simulator.engine.creditnote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The totals of a credit note, from its lines. */
final class CreditTotals {
    private CreditTotals() {}

    static void set(ObjectNode note, List<ObjectNode> lines) {
        long subtotal = Docs.sum(lines, "amount");
        long discount = Docs.sum(lines, "discount_amount");
        long onTop = tax(lines, "exclusive");
        long within = tax(lines, "inclusive");
        long total = subtotal - discount + onTop;
        note.put("subtotal", subtotal);
        note.put("subtotal_excluding_tax", subtotal - within);
        note.put("discount_amount", discount);
        note.put("total", total);
        note.put("amount", total);
        note.put("total_excluding_tax", total - onTop - within);
        merge(note, "discount_amounts", lines, "discount_amounts", "/discount");
        merge(note, "pretax_credit_amounts", lines, "pretax_credit_amounts", "/discount");
        merge(note, "total_taxes", lines, "taxes", "/tax_rate_details/tax_rate");
    }

    private static long tax(List<ObjectNode> lines, String behavior) {
        return lines.stream()
                .flatMap(line -> Docs.objects(line, "taxes").stream())
                .filter(tax -> behavior.equals(Docs.text(tax, "tax_behavior")))
                .mapToLong(tax -> Docs.numberOf(tax, "amount"))
                .sum();
    }

    /** One entry for each discount or tax rate of the lines, with the sums of their numbers. */
    private static void merge(ObjectNode note, String field, List<ObjectNode> lines, String ofLine, String key) {
        Map<String, ObjectNode> merged = new LinkedHashMap<>();
        for (ObjectNode line : lines) {
            for (ObjectNode part : Docs.objects(line, ofLine)) {
                ObjectNode sum = merged.get(part.at(key).asText());
                if (sum == null) {
                    merged.put(part.at(key).asText(), part.deepCopy());
                } else {
                    add(sum, part, "amount");
                    add(sum, part, "taxable_amount");
                }
            }
        }
        note.putArray(field).addAll(merged.values());
    }

    private static void add(ObjectNode sum, ObjectNode part, String field) {
        if (part.path(field).isNumber()) {
            sum.put(field, Docs.numberOf(sum, field) + Docs.numberOf(part, field));
        }
    }
}
