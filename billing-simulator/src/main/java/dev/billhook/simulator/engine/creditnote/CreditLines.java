package dev.billhook.simulator.engine.creditnote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.Shares;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.tax.InvoiceTaxes;
import dev.billhook.simulator.engine.tax.TaxMath;
import dev.billhook.simulator.engine.tax.TaxRules;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of credit notes: parts of the invoice's lines, with their shares of discounts and tax, or lines of their own. */
final class CreditLines {
    private static final String BY = "_by";
    static final long MOST_MINOR = 999_999_999_999L;

    private static final BigDecimal MOST = BigDecimal.valueOf(MOST_MINOR);
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"credit_note_line_item","amount":0,"description":null,"discount_amount":0,
         "discount_amounts":[],"livemode":false,"metadata":{},"pretax_credit_amounts":[],"quantity":null,
         "tax_rates":[],"taxes":[],"type":"","unit_amount":null,"unit_amount_decimal":null}\
        """);

    /** What of an invoice line is credited: this amount, after what earlier notes credited of it. */
    private record Part(long earlier, long amount, long whole) {
        /** The part's share of a sum of the whole line; the shares of all parts add up to the sum. */
        long of(long sum) {
            return Shares.of(sum, earlier + amount, whole) - Shares.of(sum, earlier, whole);
        }
    }

    private final World world;
    private final TaxRules taxes;

    CreditLines(World world, TaxRules taxes) {
        this.world = world;
        this.taxes = taxes;
    }

    /** The lines a request asks for; the notes issued so far tell what of the invoice's lines is left. */
    List<ObjectNode> of(ObjectNode invoice, List<ObjectNode> issued, Params params) {
        List<ObjectNode> credited = new ArrayList<>(issued.stream()
                .flatMap(note -> Docs.objects(note, "lines").stream())
                .toList());
        List<ObjectNode> made = new ArrayList<>();
        for (Params given : params.groups("lines")) {
            ObjectNode line = "custom_line_item".equals(given.text("type"))
                    ? custom(invoice, given)
                    : ofInvoice(invoice, credited, given);
            given.mergeMetadata(line);
            made.add(line);
            credited.add(line);
        }
        Long amount = params.number("amount");
        if (made.isEmpty() && amount == null) {
            throw ApiError.missing("amount");
        }
        if (made.isEmpty() && amount != null) {
            ObjectNode line = make("custom_line_item", positive(BigDecimal.valueOf(amount), "amount"));
            line.put("description", "Credit");
            line.put("quantity", 1);
            line.put("unit_amount", amount);
            line.put("unit_amount_decimal", String.valueOf(amount));
            made.add(line);
        }
        return made;
    }

    private ObjectNode ofInvoice(ObjectNode invoice, List<ObjectNode> credited, Params given) {
        String id = given.requireText("invoice_line_item");
        ObjectNode source = Docs.objects(invoice, "lines").stream()
                .filter(line -> id.equals(Docs.text(line, "id")))
                .findFirst()
                .orElseThrow(() -> ApiError.noSuch("line_item", id, given.name("invoice_line_item"), false));
        List<ObjectNode> earlier = credited.stream()
                .filter(line -> id.equals(Docs.text(line, "invoice_line_item")))
                .toList();
        Long quantity = given.number("quantity");
        String by = quantity == null ? "amount" : "quantity";
        if (earlier.stream().anyMatch(line -> !by.equals(Docs.text(line, BY)))) {
            throw ApiError.invalid(
                    null, given.name(by), "The line was credited in the other way; amounts and quantities do not mix.");
        }
        Part part = part(source, earlier, given);
        ObjectNode line = make("invoice_line_item", part.amount());
        line.put("invoice_line_item", id);
        line.set("description", source.path("description"));
        line.put("quantity", quantity);
        line.put(BY, by);
        if (quantity != null) {
            String unit = Docs.text(Docs.child(source, "pricing"), "unit_amount_decimal");
            line.put("unit_amount_decimal", unit);
        }
        shareDiscounts(line, source, part);
        shareTaxes(line, source, part, given);
        return line;
    }

    private static Part part(ObjectNode source, List<ObjectNode> earlier, Params given) {
        long whole = Docs.numberOf(source, "amount");
        long used = Docs.sum(earlier, "amount");
        Long quantity = given.number("quantity");
        long wanted;
        if (quantity == null) {
            wanted = given.number("amount", whole - used);
        } else {
            long all = Docs.numberOf(source, "quantity");
            long gone = Docs.sum(earlier, "quantity");
            if (quantity < 1 || quantity > all - gone) {
                throw ApiError.invalid(
                        null,
                        given.name("quantity"),
                        "Of this line, a quantity of " + (all - gone) + " can be credited.");
            }
            wanted = Shares.of(whole, gone + quantity, all) - used;
        }
        if (wanted < 1 || wanted > whole - used) {
            throw ApiError.invalid(
                    null, given.name("amount"), "Of this line, " + Math.max(0, whole - used) + " can be credited.");
        }
        return new Part(used, wanted, whole);
    }

    private static void shareDiscounts(ObjectNode line, ObjectNode source, Part part) {
        long sum = 0;
        for (ObjectNode discount : Docs.objects(source, "discount_amounts")) {
            long off = part.of(Docs.numberOf(discount, "amount"));
            sum += off;
            line.withArray("discount_amounts").addObject().put("amount", off).set("discount", discount.get("discount"));
            line.withArray("pretax_credit_amounts")
                    .addObject()
                    .put("amount", off)
                    .put("type", "discount")
                    .set("discount", discount.get("discount"));
        }
        line.put("discount_amount", sum);
    }

    private void shareTaxes(ObjectNode line, ObjectNode source, Part part, Params given) {
        if (given.hasValue("tax_amounts")) {
            giveTaxes(line, given);
            return;
        }
        ArrayNode shown = line.withArray("taxes");
        for (ObjectNode tax : Docs.objects(source, "taxes")) {
            ObjectNode share = tax.deepCopy();
            share.put("amount", part.of(Docs.numberOf(tax, "amount")));
            share.put("taxable_amount", part.of(Docs.numberOf(tax, "taxable_amount")));
            shown.add(share);
            String rate = Docs.text(Docs.child(tax, "tax_rate_details"), "tax_rate");
            if (rate != null) {
                line.withArray("tax_rates").add(rate(rate));
            }
        }
    }

    private ObjectNode custom(ObjectNode invoice, Params given) {
        long quantity = given.number("quantity", 1);
        String decimal = given.text("unit_amount_decimal");
        Long unit = given.number("unit_amount");
        if (unit == null && decimal == null) {
            throw ApiError.missing(given.name("unit_amount"));
        }
        BigDecimal price = unit == null ? new BigDecimal(decimal) : BigDecimal.valueOf(unit);
        long amount = positive(price.multiply(BigDecimal.valueOf(quantity)), given.name("unit_amount"));
        ObjectNode line = make("custom_line_item", amount);
        line.put("description", given.text("description"));
        line.put("quantity", quantity);
        line.put("unit_amount", unit);
        line.put("unit_amount_decimal", price.toPlainString());
        if (given.hasValue("tax_amounts")) {
            giveTaxes(line, given);
            return line;
        }
        List<String> rates = given.texts("tax_rates");
        rates.forEach(rate -> world.finder().inParam("tax_rate", rate, given.name("tax_rates")));
        TaxRules.Terms terms = new TaxRules.Terms(
                Docs.textOf(invoice, "currency"), Docs.text(invoice, "customer_tax_exempt"), false, null, List.of());
        InvoiceTaxes.show(line.putArray("taxes"), TaxMath.of(amount, taxes.rates(terms, rates, null)));
        rates.forEach(rate -> line.withArray("tax_rates").add(rate(rate)));
        return line;
    }

    /** Tax as the request says, without working it out. */
    private void giveTaxes(ObjectNode line, Params given) {
        for (Params tax : given.groups("tax_amounts")) {
            String id = tax.requireText("tax_rate");
            ObjectNode rate = world.finder().inParam("tax_rate", id, tax.name("tax_rate"));
            ObjectNode entry = line.withArray("taxes").addObject();
            entry.put("amount", limited(BigDecimal.valueOf(tax.number("amount", 0)), tax.name("amount")));
            entry.put("tax_behavior", Docs.flag(rate, "inclusive") ? "inclusive" : "exclusive");
            entry.putObject("tax_rate_details").put("tax_rate", id);
            entry.put("taxability_reason", "not_available");
            entry.put("taxable_amount", tax.number("taxable_amount", 0));
            entry.put("type", "tax_rate_details");
            line.withArray("tax_rates").add(rate(id));
        }
    }

    private ObjectNode make(String type, long amount) {
        ObjectNode line = SHAPE.deepCopy();
        line.put("id", world.ids().next("cnli"));
        line.put("livemode", world.simulation().settings().livemode());
        line.put("type", type);
        line.put("amount", amount);
        return line;
    }

    private ObjectNode rate(String id) {
        return world.renderer().render(world.store().get("tax_rate", id));
    }

    private static long positive(BigDecimal amount, String param) {
        long rounded = limited(amount, param);
        if (rounded < 1) {
            throw ApiError.lessThan(1, param);
        }
        return rounded;
    }

    private static long limited(BigDecimal amount, @Nullable String param) {
        if (amount.abs().compareTo(MOST) > 0) {
            throw ApiError.invalid("amount_too_large", param, "The amount is too large.");
        }
        return amount.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
