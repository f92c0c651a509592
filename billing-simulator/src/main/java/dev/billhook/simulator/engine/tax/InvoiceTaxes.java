package dev.billhook.simulator.engine.tax;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.tax.TaxMath.Rate;
import dev.billhook.simulator.engine.tax.TaxMath.Tax;
import dev.billhook.simulator.engine.tax.TaxRules.Terms;
import dev.billhook.simulator.kernel.Docs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tax does to invoices: each line is taxed by its own rates, else by those of the invoice, on what discounts left of it. A
 * line remembers its own rates in {@code _tax_rates}, and what it says about tax itself in {@code _tax_behavior}.
 */
public final class InvoiceTaxes {
    private static final String CONTAINED = "_contained_tax";

    private final World world;
    private final TaxRules rules;
    private final AutomaticTax automatic;
    private final TaxIds ids;

    InvoiceTaxes(World world, TaxRules rules, AutomaticTax automatic, TaxIds ids) {
        this.world = world;
        this.rules = rules;
        this.automatic = automatic;
        this.ids = ids;
    }

    /** Refuses to make an invoice final that is to be taxed where its customer is, when nobody knows where. */
    public void requireLocation(ObjectNode invoice) {
        automatic.requireLocation(invoice);
    }

    /** Lets an invoice that becomes final go without tax when it is to be taxed where the customer is and nobody knows where. */
    public void giveUp(ObjectNode invoice) {
        if (AutomaticTax.isOn(invoice) && automatic.location(invoice) == null) {
            automatic.giveUp(invoice);
        }
    }

    /** Works out the taxes of an invoice that has its lines and discounts, and sets its totals. */
    public void total(ObjectNode invoice) {
        apply(invoice);
        long subtotal = Docs.sum(Docs.objects(invoice, "lines"), "amount");
        List<ObjectNode> taxes = Docs.objects(invoice, "total_taxes");
        long onTop = Docs.sum(
                taxes.stream()
                        .filter(tax -> "exclusive".equals(Docs.text(tax, "tax_behavior")))
                        .toList(),
                "amount");
        long total = subtotal - Docs.sum(Docs.objects(invoice, "total_discount_amounts"), "amount") + onTop;
        invoice.put("subtotal", subtotal);
        invoice.put("subtotal_excluding_tax", subtotal - Docs.numberOf(invoice, CONTAINED));
        invoice.put("total", total);
        invoice.put("total_excluding_tax", total - Docs.sum(taxes, "amount"));
    }

    private void apply(ObjectNode invoice) {
        Terms terms = terms(invoice);
        Map<Rate, Tax> totals = new LinkedHashMap<>();
        long contained = 0;
        for (ObjectNode line : Docs.objects(invoice, "lines")) {
            long amount = Docs.numberOf(line, "amount");
            List<Rate> rates = rules.rates(terms, Docs.texts(line, "_tax_rates"), behavior(line));
            List<Tax> taxes = TaxMath.of(amount - discounted(line), rates);
            show(line.putArray("taxes"), taxes);
            taxes.forEach(tax -> totals.merge(tax.rate(), tax, InvoiceTaxes::sum));
            contained += TaxMath.within(TaxMath.of(amount, rates));
        }
        show(invoice.putArray("total_taxes"), List.copyOf(totals.values()));
        invoice.put(CONTAINED, contained);
        invoice.set("customer_tax_ids", ids.brief(Docs.textOf(invoice, "customer")));
    }

    private Terms terms(ObjectNode invoice) {
        boolean on = AutomaticTax.isOn(invoice);
        TaxLocation location = on ? automatic.location(invoice) : null;
        if (on) {
            Docs.child(invoice, "automatic_tax")
                    .put("status", location == null ? "requires_location_inputs" : "complete");
        }
        return new Terms(
                Docs.textOf(invoice, "currency"),
                Docs.text(invoice, "customer_tax_exempt"),
                on,
                location,
                Docs.texts(invoice, "default_tax_rates"));
    }

    private @Nullable String behavior(ObjectNode line) {
        String own = Docs.text(line, "_tax_behavior");
        String id = Docs.text(Docs.child(Docs.child(line, "pricing"), "price_details"), "price");
        ObjectNode price = own != null || id == null ? null : world.store().find("price", id);
        return price == null ? own : Docs.text(price, "tax_behavior");
    }

    /** Adds taxes in the shape in which lines show them. */
    public static void show(ArrayNode shown, List<Tax> taxes) {
        for (Tax tax : taxes) {
            Rate rate = tax.rate();
            ObjectNode entry = shown.addObject();
            entry.put("amount", tax.amount());
            entry.put("tax_behavior", rate.inclusive() ? "inclusive" : "exclusive");
            entry.putObject("tax_rate_details").put("tax_rate", rate.id());
            entry.put("taxability_reason", rate.reason());
            entry.put("taxable_amount", tax.taxable());
            entry.put("type", "tax_rate_details");
        }
    }

    private static Tax sum(Tax one, Tax other) {
        return new Tax(one.rate(), one.amount() + other.amount(), one.taxable() + other.taxable());
    }

    private static long discounted(ObjectNode line) {
        return Docs.sum(Docs.objects(line, "discount_amounts"), "amount");
    }
}
