package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.method.Cards;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.tax.TaxEngine;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Makes, changes and deletes customers. */
public final class Customers {
    private static final String TYPE = "customer";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"customer","address":null,"balance":0,"created":0,"currency":null,"default_source":null,
         "delinquent":false,"description":null,"discount":null,"email":null,"invoice_prefix":"",
         "invoice_settings":{"custom_fields":null,"default_payment_method":null,"footer":null,
         "rendering_options":null},"livemode":false,"metadata":{},"name":null,"next_invoice_sequence":1,"phone":null,
         "preferred_locales":[],"shipping":null,"tax_exempt":"none","test_clock":null}\
        """);
    private static final String[] FIELDS = {
        "description",
        "email",
        "invoice_prefix",
        "name",
        "next_invoice_sequence",
        "phone",
        "preferred_locales",
        "tax_exempt",
        "shipping",
        "business_name",
        "individual_name"
    };
    static final String[] ADDRESS = {"city", "country", "line1", "line2", "postal_code", "state"};

    private final World world;
    private final PaymentMethods methods;
    private final Cards cards;
    private final TaxEngine taxes;
    private final CustomerBalance balance;
    private final List<Consumer<String>> deletionListeners = new ArrayList<>();

    Customers(World world, PaymentMethods methods, Cards cards, TaxEngine taxes, CustomerBalance balance) {
        this.world = world;
        this.methods = methods;
        this.cards = cards;
        this.taxes = taxes;
        this.balance = balance;
    }

    /** Tells who must clean up before a customer is deleted. */
    public void onDeletion(Consumer<String> listener) {
        deletionListeners.add(listener);
    }

    /** A new customer, with a payment method attached when one is given. */
    public ObjectNode create(Params params) {
        String clock = params.text("test_clock");
        if (clock != null) {
            world.finder().inParam("test_helpers.test_clock", clock, "test_clock");
        }
        ObjectNode customer = world.create(SHAPE, world.ids().nextShort("cus"), clock);
        customer.put("test_clock", clock);
        customer.put("invoice_prefix", world.ids().letters(8).toUpperCase(Locale.ROOT));
        apply(customer, params);
        balance.set(customer, params.number("balance", 0), true);
        world.store().insert(customer);
        String id = Docs.textOf(customer, "id");
        world.events().emit("customer.created", customer);
        addTaxIds(id, params.groups("tax_id_data"));
        String method = params.text("payment_method");
        if (method != null) {
            String attached = Docs.textOf(methods.resolve(method, "payment_method"), "id");
            methods.attach(attached, id);
        }
        setDefaultMethod(customer, params);
        cards.setDefault(customer, params);
        world.events().emitUpdated("customer.updated", customer);
        return customer;
    }

    /** Changes a customer. */
    public ObjectNode update(String id, Params params) {
        ObjectNode customer = world.finder().editInUrl(TYPE, id);
        apply(customer, params);
        balance.set(customer, params.number("balance", Docs.numberOf(customer, "balance")), false);
        setDefaultMethod(customer, params);
        cards.setDefault(customer, params);
        world.events().emitUpdated("customer.updated", customer);
        return customer;
    }

    /** Gives a customer tax ids. */
    public void addTaxIds(String customer, List<Params> given) {
        given.forEach(each -> taxes.ids().create(customer, each));
    }

    /** Deletes a customer and ends what it has. */
    public ObjectNode delete(String id) {
        world.finder().inUrl(TYPE, id);
        deletionListeners.forEach(listener -> listener.accept(id));
        methods.releaseAllOf(id);
        world.events().emit("customer.deleted", world.store().get(TYPE, id));
        return world.store().delete(TYPE, id);
    }

    private void apply(ObjectNode customer, Params params) {
        params.copyTo(customer, FIELDS);
        if (params.isUnset("tax_exempt")) {
            customer.put("tax_exempt", "none");
        }
        setAddress(customer, params);
        if (params.hasValue("shipping")) {
            Params given = params.group("shipping");
            ObjectNode shipping = customer.putObject("shipping");
            setAddress(shipping, given);
            shipping.put("name", given.text("name"));
            shipping.put("phone", given.text("phone"));
        }
        taxes.automatic().validate(customer, params.group("tax"));
        ObjectNode settings = Docs.child(customer, "invoice_settings");
        params.group("invoice_settings").copyTo(settings, "custom_fields", "footer", "rendering_options");
        params.mergeMetadata(customer);
    }

    private static void setAddress(ObjectNode target, Params params) {
        if (params.isUnset("address")) {
            target.putNull("address");
        } else if (params.hasValue("address")) {
            ObjectNode address = Docs.ensure(target, "address");
            Params given = params.group("address");
            for (String field : ADDRESS) {
                address.put(field, given.has(field) ? given.text(field) : Docs.text(address, field));
            }
        }
    }

    private void setDefaultMethod(ObjectNode customer, Params params) {
        Params given = params.group("invoice_settings");
        ObjectNode settings = Docs.child(customer, "invoice_settings");
        if (given.isUnset("default_payment_method")) {
            settings.putNull("default_payment_method");
        }
        String id = given.text("default_payment_method");
        if (id == null) {
            return;
        }
        ObjectNode method = methods.ownedBy(Docs.textOf(customer, "id"), id, given.name("default_payment_method"));
        settings.put("default_payment_method", Docs.textOf(method, "id"));
    }
}
