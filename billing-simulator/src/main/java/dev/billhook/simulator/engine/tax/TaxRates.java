package dev.billhook.simulator.engine.tax;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.List;

/** Makes and changes tax rates, and shows them whole where documents name them. Source: Stripe API reference, "Tax Rates". */
public final class TaxRates {
    static final String TYPE = "tax_rate";
    private static final int MAX_RATES = 5;
    private static final int MAX_DECIMALS = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"tax_rate","active":true,"country":null,"created":0,"description":null,"display_name":"",
         "effective_percentage":null,"flat_amount":null,"inclusive":false,"jurisdiction":null,"jurisdiction_level":null,
         "livemode":false,"metadata":{},"percentage":0,"rate_type":null,"state":null,"tax_type":null}\
        """);
    private static final String[] FIELDS = {
        "active", "country", "description", "display_name", "inclusive", "jurisdiction", "state", "tax_type"
    };

    private final World world;

    TaxRates(World world) {
        this.world = world;
        world.renderer().complete("subscription_item", doc -> showWhole(doc, "tax_rates"));
        world.renderer().complete("invoiceitem", doc -> showWhole(doc, "tax_rates"));
        world.renderer().complete("subscription", doc -> showWhole(doc, "default_tax_rates"));
        world.renderer().complete("invoice", doc -> showWhole(doc, "default_tax_rates"));
    }

    /** A new tax rate. */
    public ObjectNode create(Params params) {
        ObjectNode rate = shape(world.ids().next("txr"));
        params.copyTo(rate, FIELDS);
        setPercentage(rate, percentage(params.requireText("percentage"), params.name("percentage")));
        params.mergeMetadata(rate);
        world.store().insert(rate);
        world.events().emit("tax_rate.created", rate);
        return rate;
    }

    /** Changes what can be changed of a tax rate; its percentage cannot. */
    public ObjectNode update(String id, Params params) {
        ObjectNode rate = world.finder().editInUrl(TYPE, id);
        params.copyTo(rate, FIELDS);
        params.mergeMetadata(rate);
        world.events().emitUpdated("tax_rate.updated", rate);
        return rate;
    }

    /**
     * Sets the tax rates a request names on a document, by their ids; a rate that is switched off can only be kept, or have been
     * agreed on before.
     */
    public void set(ObjectNode doc, String field, Params params) {
        set(doc, field, params, field);
    }

    /** Sets the tax rates a parameter of another name than the field's names. */
    public void set(ObjectNode doc, String docField, Params params, String field) {
        if (!params.has(field)) {
            return;
        }
        List<String> before = Docs.texts(doc, docField);
        List<String> named = params.texts(field);
        if (named.size() > MAX_RATES) {
            throw ApiError.invalid(null, params.name(field), "There can be up to " + MAX_RATES + " tax rates.");
        }
        ArrayNode rates = Docs.array();
        for (String id : named) {
            ObjectNode rate = world.finder().inParam(TYPE, id, params.name(field));
            if (!Docs.flag(rate, "active") && !before.contains(id) && !params.flag("_agreed")) {
                throw ApiError.invalid(
                        null, params.name(field), "The tax rate " + id + " is not active and cannot be newly used.");
            }
            rates.add(id);
        }
        doc.set(docField, rates);
    }

    /** A percentage as it was given: from 0 to 100 with up to four decimals. */
    public static BigDecimal percentage(String text, String param) {
        BigDecimal percentage = new BigDecimal(text).stripTrailingZeros();
        if (percentage.signum() < 0 || percentage.compareTo(HUNDRED) > 0 || percentage.scale() > MAX_DECIMALS) {
            throw ApiError.invalid(
                    null, param, "A percentage is from 0 to 100 and has up to " + MAX_DECIMALS + " decimals.");
        }
        return percentage;
    }

    /** An empty rate with this id. */
    ObjectNode shape(String id) {
        return world.create(SHAPE, id, null);
    }

    static void setPercentage(ObjectNode rate, BigDecimal percentage) {
        if (percentage.scale() <= 0) {
            rate.put("percentage", percentage.longValueExact());
        } else {
            rate.put("percentage", percentage);
        }
    }

    /** Replaces ids by what they name; what is shown whole already, as in an event, stays. */
    public void showWhole(ObjectNode doc, String field) {
        if (doc.get(field) instanceof ArrayNode shown) {
            for (int i = 0; i < shown.size(); i++) {
                ObjectNode rate = shown.get(i).isTextual()
                        ? world.store().find(TYPE, shown.get(i).textValue())
                        : null;
                if (rate != null) {
                    shown.set(i, world.renderer().render(rate));
                }
            }
        }
    }
}
