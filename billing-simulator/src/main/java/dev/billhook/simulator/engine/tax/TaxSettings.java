package dev.billhook.simulator.engine.tax;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;

/**
 * How what a document leads to is taxed.
 *
 * @param automatic whether by the customer's location
 * @param rates otherwise, the tax rates of lines that name none
 */
public record TaxSettings(boolean automatic, List<String> rates) {
    /** No tax. */
    public static final TaxSettings NONE = new TaxSettings(false, List.of());

    public TaxSettings {
        rates = List.copyOf(rates);
    }

    /** What a subscription, an invoice or a quote says. */
    public static TaxSettings of(ObjectNode doc) {
        return new TaxSettings(AutomaticTax.isOn(doc), Docs.texts(doc, "default_tax_rates"));
    }

    /** Has an invoice taxed so. */
    public void applyTo(ObjectNode invoice) {
        AutomaticTax.switchTo(invoice, automatic, "self");
        ArrayNode shown = invoice.putArray("default_tax_rates");
        rates.forEach(shown::add);
    }
}
