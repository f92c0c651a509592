package dev.billhook.simulator.engine.payment.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.method.TestCard.Behaviour;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes payment methods from test cards, and attaches them to customers. */
public final class PaymentMethods {
    private static final String TYPE = "payment_method";
    private final World world;
    private final Tokens tokens;

    public PaymentMethods(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    /** A new card payment method, attached to nobody. */
    public ObjectNode create(Params params) {
        Params card = params.group("card");
        if (!"card".equals(params.text("type", "card"))) {
            throw ApiError.invalid(null, "type", "The simulator models payment methods of type card only.");
        }
        String token = card.text("token");
        ObjectNode method = store(
                token == null
                        ? tokens.ofNumber(
                                card.requireText("number"), card.number("exp_month", 0), card.number("exp_year", 0))
                        : tokens.take(token, "card[token]"));
        mergeBillingDetails(method, params);
        params.copyTo(method, "allow_redisplay");
        params.mergeMetadata(method);
        return method;
    }

    /** The payment method a request names: an id, or a ready-made one like {@code pm_card_visa}, of which this makes a copy. */
    public ObjectNode resolve(String id, String param) {
        Optional<TestCard> test = id.startsWith("pm_card_") ? TestCard.ofToken(id) : Optional.empty();
        return test.isPresent()
                ? store(tokens.ofTest(test.get()))
                : world.finder().inParam(TYPE, id, param);
    }

    /** Changes billing details, expiry and metadata. */
    public ObjectNode update(String id, Params params) {
        ObjectNode method = world.finder().editInUrl(TYPE, id);
        mergeBillingDetails(method, params);
        params.group("card").copyTo(Docs.child(method, "card"), "exp_month", "exp_year");
        params.copyTo(method, "allow_redisplay");
        params.mergeMetadata(method);
        world.events().emitUpdated("payment_method.updated", method);
        return method;
    }

    /** Attaches to a customer; a card that refuses everything is refused here. */
    public ObjectNode attach(String id, String customer) {
        world.finder().inParam("customer", customer, "customer");
        ObjectNode method = world.store().edit(TYPE, id);
        String owner = Docs.text(method, "customer");
        if (customer.equals(owner)) {
            return method;
        }
        if (owner != null) {
            throw ApiError.invalid(
                    "payment_method_unexpected_state",
                    null,
                    "The payment method is attached to another customer already.");
        }
        refuseUnusable(method);
        method.put("customer", customer);
        world.events().emit("payment_method.attached", method);
        return method;
    }

    /** Takes it away from its customer; it cannot be used again. */
    public ObjectNode detach(String id) {
        ObjectNode method = world.finder().editInUrl(TYPE, id);
        String customer = Docs.text(method, "customer");
        if (customer == null) {
            throw ApiError.invalid(null, null, "The payment method is not attached to a customer.");
        }
        release(id);
        world.events().emitUpdated("payment_method.detached", method);
        return method;
    }

    /** Takes it away from its customer, also where it is the default. */
    void release(String id) {
        ObjectNode method = world.store().edit(TYPE, id);
        ObjectNode owner = world.editCustomerOf(method);
        detach(method);
        ObjectNode settings = Docs.child(owner, "invoice_settings");
        if (id.equals(Docs.text(settings, "default_payment_method"))) {
            settings.putNull("default_payment_method");
        }
        if (id.equals(Docs.text(owner, "default_source"))) {
            owner.put("default_source", Cards.newestBut(of(Docs.textOf(owner, "id")), id));
        }
        world.events().emitUpdated("customer.updated", owner);
    }

    /** Takes all away from a customer that is being deleted; none of them can be used again. */
    public void releaseAllOf(String customer) {
        of(customer).forEach(method -> detach(world.store().edit(TYPE, Docs.textOf(method, "id"))));
    }

    private static void detach(ObjectNode method) {
        method.putNull("customer");
        method.put("_detached", true);
    }

    /** A payment method that belongs to this customer, which a request names. */
    public ObjectNode attached(String id, String customer, String param) {
        ObjectNode method = world.finder().inParam(TYPE, id, param);
        if (!customer.equals(Docs.text(method, "customer"))) {
            throw ApiError.noSuch("source", id, param, false);
        }
        return method;
    }

    /** The payment method a request names for a customer: a ready-made one is attached, any other is attached already. */
    public ObjectNode ownedBy(String customer, String id, String param) {
        ObjectNode method = resolve(id, param);
        if (id.startsWith("pm_card_")) {
            attach(Docs.textOf(method, "id"), customer);
        } else if (!customer.equals(Docs.text(method, "customer"))) {
            throw ApiError.invalid(
                    "resource_missing", param, "The payment method must be attached to the customer first.");
        }
        return method;
    }

    /** Refuses a card that refuses everything. */
    static void refuseUnusable(ObjectNode method) {
        TestCard card = cardOf(method);
        if (card.behaviour() == Behaviour.DECLINES) {
            throw card.refusal();
        }
    }

    /** A customer's payment methods, newest first. */
    public List<ObjectNode> of(String customer) {
        return world.store().newestFirst(TYPE, "customer", customer).toList();
    }

    /** The payment method with which a subscription is paid: its own, or a default of the customer; null when there is none. */
    public @Nullable ObjectNode forSubscription(@Nullable String own, String customer) {
        if (own != null) {
            return world.store().find(TYPE, own);
        }
        ObjectNode owner = world.finder().inParam("customer", customer, "customer");
        String preferred = Docs.text(Docs.child(owner, "invoice_settings"), "default_payment_method");
        String either = preferred == null ? Docs.text(owner, "default_source") : preferred;
        return either == null ? null : world.store().find(TYPE, either);
    }

    /** A payment method made from a card typed into a hosted page. */
    public ObjectNode fromCard(CardInput input) {
        ObjectNode method = store(tokens.ofNumber(input.number(), input.expMonth(), input.expYear()));
        ObjectNode details = Docs.child(method, "billing_details");
        details.put("name", input.name());
        details.put("email", input.email());
        ObjectNode address = Docs.child(details, "address");
        address.put("country", input.country());
        address.put("postal_code", input.postalCode());
        return method;
    }

    /** Whether the cardholder must pass a 3-D Secure challenge when present. */
    public static boolean mustAuthenticate(ObjectNode method) {
        Behaviour behaviour = cardOf(method).behaviour();
        return behaviour == Behaviour.AUTHENTICATES || behaviour == Behaviour.AUTHENTICATES_ONCE;
    }

    /** Notes that the present cardholder passed the challenge; the next use of the card succeeds. */
    public void notePassed(String id) {
        world.store().edit(TYPE, id).put("_passed", true);
    }

    /** The test card behind a payment method. */
    public static TestCard cardOf(ObjectNode method) {
        String card = Docs.text(method, "_card");
        if (card == null) {
            throw ApiError.invalid(null, "payment_method", "The simulator uses bank accounts in Checkout only, once.");
        }
        return TestCard.valueOf(card);
    }

    private ObjectNode store(ObjectNode method) {
        method.put("id", world.ids().next("pm"));
        world.store().insert(method);
        return method;
    }

    private static void mergeBillingDetails(ObjectNode method, Params params) {
        Params details = params.group("billing_details");
        ObjectNode shown = Docs.child(method, "billing_details");
        details.copyTo(shown, "email", "name", "phone", "tax_id");
        Params address = details.group("address");
        address.copyTo(Docs.child(shown, "address"), "city", "country", "line1", "line2", "postal_code", "state");
    }
}
