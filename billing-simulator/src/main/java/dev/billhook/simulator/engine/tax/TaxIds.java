package dev.billhook.simulator.engine.tax;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tax ids of customers and of the account. A number whose kind is checked is pending when it is entered and is found good or
 * bad right after, by Stripe's values for tests. Source: Stripe documentation, "Customer tax IDs".
 */
public final class TaxIds {
    static final String TYPE = "tax_id";
    private static final String CUSTOMER = "customer";
    private static final String VERIFY = "tax_id.verify";
    private static final String BAD = "111111111";
    private static final String PENDING = "222222222";
    private static final int MOST = 5;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"tax_id","country":null,"created":0,"customer":null,"customer_account":null,
         "livemode":false,"owner":{"customer_account":null,"type":"self"},"type":"","value":"",
         "verification":{"status":"unavailable","verified_address":null,"verified_name":null}}\
        """);

    private final World world;

    TaxIds(World world) {
        this.world = world;
        world.simulation().onTimer(VERIFY, this::verify);
    }

    /** A new tax id of a customer, or of the account when there is none. */
    public ObjectNode create(@Nullable String customer, Params params) {
        String clock = world.clockOf(customer);
        String type = params.requireText("type");
        String value = params.requireText("value").strip();
        TaxIdTypes.check(type, value, params.name("value"));
        refuseMore(customer, type, value);
        ObjectNode taxId = world.create(SHAPE, world.ids().next("txi"), clock);
        taxId.put("type", type);
        taxId.put("value", value);
        taxId.put("country", TaxIdTypes.country(type, value));
        if (customer != null) {
            taxId.put(CUSTOMER, customer);
            Docs.child(taxId, "owner").put(CUSTOMER, customer).put("type", CUSTOMER);
        }
        if (TaxIdTypes.isAsked(type)) {
            Docs.child(taxId, "verification").put("status", "pending");
            world.simulation().schedule(clock, Docs.numberOf(taxId, "created"), VERIFY, Docs.textOf(taxId, "id"));
        }
        world.store().insert(taxId);
        emit("customer.tax_id.created", taxId);
        return taxId;
    }

    /** Removes a tax id; one that is addressed through a customer must be that customer's. */
    public ObjectNode delete(String id, @Nullable String customer) {
        ObjectNode taxId = get(id, customer);
        emit("customer.tax_id.deleted", taxId);
        return world.store().delete(TYPE, id);
    }

    /** A tax id; one that is addressed through a customer must be that customer's. */
    public ObjectNode get(String id, @Nullable String customer) {
        ObjectNode taxId = world.finder().inUrl(TYPE, id);
        if (customer != null && !customer.equals(Docs.text(taxId, CUSTOMER))) {
            throw ApiError.noSuch(TYPE, id, "id", true);
        }
        return taxId;
    }

    /** The tax ids of a customer, newest first. */
    public List<ObjectNode> of(String customer) {
        return world.store().newestFirst(TYPE, CUSTOMER, customer).toList();
    }

    /** The tax ids of a customer as invoices and Checkout sessions show them, oldest first. */
    public ArrayNode brief(String customer) {
        List<ObjectNode> owned = new ArrayList<>(of(customer));
        Collections.reverse(owned);
        ArrayNode brief = Docs.array();
        owned.forEach(taxId ->
                brief.addObject().put("type", Docs.textOf(taxId, "type")).put("value", Docs.textOf(taxId, "value")));
        return brief;
    }

    private void refuseMore(@Nullable String customer, String type, String value) {
        if (customer == null) {
            return;
        }
        List<ObjectNode> owned = of(customer);
        if (owned.size() >= MOST) {
            throw ApiError.invalid(null, "value", "A customer has up to " + MOST + " tax IDs.");
        }
        boolean known = owned.stream()
                .anyMatch(other ->
                        type.equals(Docs.text(other, "type")) && value.equalsIgnoreCase(Docs.textOf(other, "value")));
        if (known) {
            throw ApiError.invalid("resource_already_exists", "value", "The customer has this tax ID already.");
        }
    }

    private void verify(String id) {
        ObjectNode found = world.store().find(TYPE, id);
        if (found == null || Docs.textOf(found, "value").endsWith(PENDING)) {
            return;
        }
        ObjectNode taxId = world.store().edit(TYPE, id);
        ObjectNode verification = Docs.child(taxId, "verification");
        boolean good = !Docs.textOf(taxId, "value").endsWith(BAD);
        verification.put("status", good ? "verified" : "unverified");
        String owner = Docs.text(taxId, CUSTOMER);
        ObjectNode customer = owner == null ? null : world.store().find(CUSTOMER, owner);
        if (good && customer != null) {
            verification.put("verified_name", Docs.text(customer, "name"));
        }
        if (customer != null) {
            world.events().emitUpdated("customer.tax_id.updated", taxId);
        }
    }

    private void emit(String type, ObjectNode taxId) {
        if (Docs.text(taxId, CUSTOMER) != null) {
            world.events().emit(type, taxId);
        }
    }
}
