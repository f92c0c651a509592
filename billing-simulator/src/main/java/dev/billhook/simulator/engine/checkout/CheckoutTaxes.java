package dev.billhook.simulator.engine.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.engine.tax.TaxEngine;
import dev.billhook.simulator.engine.tax.TaxLocation;
import dev.billhook.simulator.engine.tax.TaxMath;
import dev.billhook.simulator.engine.tax.TaxMath.Tax;
import dev.billhook.simulator.engine.tax.TaxRules.Terms;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tax of a Checkout session: by the rates of its lines, or by where the person who pays says to be. */
public final class CheckoutTaxes {
    private static final String RATES = "default_tax_rates";

    private final World world;
    private final TaxEngine taxes;

    public CheckoutTaxes(World world, TaxEngine taxes) {
        this.world = world;
        this.taxes = taxes;
    }

    /** Sets how a new session is taxed. */
    void set(ObjectNode session, Params params) {
        taxes.automatic().set(session, params);
        Params data = params.group("subscription_data");
        taxes.rates().set(Docs.child(session, "_subscription_data"), RATES, data);
        if (AutomaticTax.isOn(session) && !SessionAnswers.mayKeepAddress(session) && location(session) == null) {
            throw ApiError.invalid(
                    "customer_tax_location_invalid",
                    "automatic_tax",
                    "Automatic tax needs a valid address of the customer, or customer_update[address]=auto.");
        }
    }

    /** Sets the tax rates of a line. */
    void setLine(ObjectNode line, Params input) {
        taxes.rates().set(line, "_tax_rates", input, "tax_rates");
    }

    /** Taxes the lines of a session whose discounts are known; returns what comes on top. */
    long tax(ObjectNode session) {
        boolean on = AutomaticTax.isOn(session);
        TaxLocation location = on ? location(session) : null;
        if (on) {
            Docs.child(session, "automatic_tax")
                    .put("status", location == null ? "requires_location_inputs" : "complete");
        }
        ObjectNode customer = customer(session);
        Terms terms = new Terms(
                Docs.textOf(session, "currency"),
                customer == null ? null : Docs.text(customer, "tax_exempt"),
                on,
                location,
                Docs.texts(Docs.child(session, "_subscription_data"), RATES));
        long all = 0;
        long onTop = 0;
        for (ObjectNode line : Docs.objects(session, "_line_items")) {
            ObjectNode price = world.store().get("price", Docs.textOf(line, "price"));
            long amount = Docs.numberOf(line, "amount_total");
            List<Tax> found = TaxMath.of(
                    amount,
                    taxes.rules().rates(terms, Docs.texts(line, "_tax_rates"), Docs.text(price, "tax_behavior")));
            long added = TaxMath.onTop(found);
            line.put("amount_tax", added + TaxMath.within(found));
            line.put("amount_total", amount + added);
            all += Docs.numberOf(line, "amount_tax");
            onTop += added;
        }
        Docs.child(session, "total_details").put("amount_tax", all);
        return onTop;
    }

    /** Gives a customer the tax id somebody entered. */
    public void keepTaxId(String customer, Particulars given) {
        String type = given.text("tax_id_type");
        String value = given.text("tax_id");
        if (type != null && value != null) {
            taxes.ids()
                    .create(customer, Params.of(Docs.object().put("type", type).put("value", value)));
        }
    }

    private @Nullable TaxLocation location(ObjectNode session) {
        ObjectNode entered = Docs.child(session, "_address");
        ObjectNode customer = customer(session);
        return entered.hasNonNull("country") || customer == null
                ? TaxLocation.at(entered, "billing_address")
                : TaxLocation.of(customer);
    }

    private @Nullable ObjectNode customer(ObjectNode session) {
        String id = Docs.text(session, "customer");
        return id == null ? null : world.store().find("customer", id);
    }
}
