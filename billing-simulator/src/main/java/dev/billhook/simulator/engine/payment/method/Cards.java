package dev.billhook.simulator.engine.payment.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Difference;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cards that customers have as sources, the older kind of payment method. A card is stored as the payment method it can also be
 * used as, under its own identifier. Source: Stripe documentation, "Payment Methods API", about older objects.
 */
public final class Cards {
    private static final String PREFIX = "card_";
    private static final String METHOD = "payment_method";
    private static final String DEFAULT = "default_source";
    private static final Map<String, String> BRANDS =
            Map.of("visa", "Visa", "mastercard", "MasterCard", "amex", "American Express", "discover", "Discover");
    private static final Map<String, String> ADDRESS = new TreeMap<>(Map.of(
            "address_city", "city",
            "address_country", "country",
            "address_line1", "line1",
            "address_line2", "line2",
            "address_state", "state",
            "address_zip", "postal_code"));

    private final World world;
    private final Tokens tokens;
    private final PaymentMethods methods;

    public Cards(World world, Tokens tokens, PaymentMethods methods) {
        this.world = world;
        this.tokens = tokens;
        this.methods = methods;
    }

    /** A payment method as the card it is. */
    public static ObjectNode view(ObjectNode method) {
        ObjectNode details = Docs.child(method, "card");
        ObjectNode billing = Docs.child(method, "billing_details");
        ObjectNode address = Docs.child(billing, "address");
        ObjectNode card = Docs.object();
        card.put("id", Docs.textOf(method, "id"));
        card.put("object", "card");
        ADDRESS.forEach((shown, field) -> card.put(shown, Docs.text(address, field)));
        ObjectNode checks = Docs.child(details, "checks");
        card.set("address_line1_check", checks.path("address_line1_check"));
        card.set("address_zip_check", checks.path("address_postal_code_check"));
        card.put("brand", BRANDS.getOrDefault(Docs.textOf(details, "brand"), "Unknown"));
        card.set("country", details.path("country"));
        card.put("customer", Docs.text(method, "customer"));
        card.set("cvc_check", checks.path("cvc_check"));
        card.putNull("dynamic_last4");
        for (String same : new String[] {"exp_month", "exp_year", "fingerprint", "funding", "last4"}) {
            card.set(same, details.path(same));
        }
        card.set("metadata", method.path("metadata").deepCopy());
        card.put("name", Docs.text(billing, "name"));
        card.set("regulated_status", details.path("regulated_status"));
        card.putNull("tokenization_method");
        return card;
    }

    /** Sets name and address of a card's holder, as far as they are given. */
    static void setHolder(ObjectNode method, Params params) {
        ObjectNode billing = Docs.child(method, "billing_details");
        params.copyTo(billing, "name");
        ObjectNode address = Docs.child(billing, "address");
        ADDRESS.forEach((given, field) -> {
            if (params.has(given)) {
                address.put(field, params.text(given));
            }
        });
    }

    /** Whether a payment method is a card that a customer has as a source. */
    public static boolean isCard(ObjectNode method) {
        return Docs.textOf(method, "id").startsWith(PREFIX);
    }

    /** Adds the card of a token to a customer; the first one becomes its default. */
    public ObjectNode add(String customer, String token, Params params) {
        ObjectNode method = make(customer, token, params);
        ObjectNode owner = world.store().edit("customer", customer);
        if (owner.path(DEFAULT).isNull()) {
            owner.put(DEFAULT, Docs.textOf(method, "id"));
            world.events().emitUpdated("customer.updated", owner);
        }
        return method;
    }

    /** A customer's card, as the payment method it is stored as. */
    public ObjectNode of(String customer, String id) {
        world.finder().inUrl("customer", customer);
        ObjectNode method = id.startsWith(PREFIX) ? world.store().find(METHOD, id) : null;
        if (method == null || !customer.equals(Docs.text(method, "customer"))) {
            throw ApiError.noSuch("source", id, "id", true);
        }
        return method;
    }

    /** Changes expiry, holder and address of a card. */
    public ObjectNode update(String customer, String id, Params params) {
        ObjectNode before = view(of(customer, id));
        ObjectNode method = world.store().edit(METHOD, id);
        params.copyTo(Docs.child(method, "card"), "exp_month", "exp_year");
        setHolder(method, params);
        params.mergeMetadata(method);
        ObjectNode after = view(method);
        ObjectNode previous = Difference.previousAttributes(before, after);
        if (!previous.isEmpty()) {
            world.events().emit("customer.source.updated", after, previous);
        }
        return method;
    }

    /** Takes a card from its customer; was it the default, the newest one left takes its place. */
    public ObjectNode delete(String customer, String id) {
        ObjectNode card = view(of(customer, id));
        methods.release(id);
        world.events().emit("customer.source.deleted", card);
        return Docs.object().put("id", id).put("object", "card").put("deleted", true);
    }

    /** Sets what a request says of a customer's default: a token, whose card replaces the present one, or a card it has. */
    public void setDefault(ObjectNode customer, Params params) {
        String owner = Docs.textOf(customer, "id");
        String token = params.text("source");
        if (token != null) {
            String replaced = Docs.text(customer, DEFAULT);
            customer.put(DEFAULT, Docs.textOf(make(owner, token, Params.of(Docs.object())), "id"));
            if (replaced != null) {
                delete(owner, replaced);
            }
        }
        String id = params.text(DEFAULT);
        if (id != null) {
            customer.put(DEFAULT, Docs.textOf(methods.attached(id, owner, DEFAULT), "id"));
        }
    }

    private ObjectNode make(String customer, String token, Params params) {
        ObjectNode method = tokens.take(token, "source");
        PaymentMethods.refuseUnusable(method);
        method.put("id", world.ids().next("card"));
        method.put("customer", customer);
        params.mergeMetadata(method);
        world.store().insert(method);
        world.events().emit("customer.source.created", view(method));
        return method;
    }

    /** The newest of a customer's cards but this one, or null. */
    static @Nullable String newestBut(List<ObjectNode> ofCustomer, String id) {
        return ofCustomer.stream()
                .filter(method -> isCard(method) && !id.equals(Docs.text(method, "id")))
                .findFirst()
                .map(method -> Docs.textOf(method, "id"))
                .orElse(null);
    }
}
