package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.PaymentOutcome.Kind;
import dev.billhook.simulator.engine.payment.TestCard.Behaviour;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** Set-up intents: a card is checked and kept for later payments. */
public final class Setups {
    private static final String TYPE = "setup_intent";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"setup_intent","application":null,"automatic_payment_methods":null,
         "cancellation_reason":null,"client_secret":"","created":0,"customer":null,"customer_account":null,
         "description":null,"excluded_payment_method_types":null,"flow_directions":null,"last_setup_error":null,
         "latest_attempt":null,"livemode":false,"managed_payments":null,"mandate":null,"metadata":{},
         "next_action":null,"on_behalf_of":null,"payment_method":null,"payment_method_configuration_details":null,
         "payment_method_options":{},"payment_method_types":["card"],"single_use_mandate":null,
         "status":"requires_payment_method","usage":"off_session"}\
        """);

    private final World world;
    private final PaymentMethods methods;

    public Setups(World world, PaymentMethods methods) {
        this.world = world;
        this.methods = methods;
    }

    /** A new set-up, not confirmed. */
    public ObjectNode create(@Nullable String customer) {
        String id = world.ids().next("seti");
        ObjectNode intent = world.create(SHAPE, id, world.clockOf(customer));
        intent.put("client_secret", id + "_secret_" + world.ids().letters(25));
        intent.put("customer", customer);
        world.store().insert(intent);
        return intent;
    }

    /** Records the creation of a set-up once its fields are set. */
    public void created(ObjectNode intent) {
        world.events().emit("setup_intent.created", intent);
    }

    /** Checks a card and attaches it to the customer of the set-up. */
    public PaymentOutcome confirm(String intentId, String methodId) {
        ObjectNode intent = world.store().edit(TYPE, intentId);
        ObjectNode method = world.store().edit("payment_method", methodId);
        TestCard card = PaymentMethods.cardOf(method);
        intent.put("payment_method", methodId);
        intent.putNull("last_setup_error");
        if (Payments.refusesSetup(card)) {
            return refuse(intent, method, Payments.refusal(card));
        }
        boolean mustAuthenticate =
                card.behaviour() == Behaviour.AUTHENTICATES || card.behaviour() == Behaviour.AUTHENTICATES_ONCE;
        if (mustAuthenticate && !Docs.flag(method, "_authenticated") && !Docs.flag(method, "_passed")) {
            intent.put("status", "requires_action");
            intent.set("next_action", Payments.nextAction(world.baseUrl() + "/3ds/" + intentId));
            world.events().emit("setup_intent.requires_action", intent);
            return new PaymentOutcome(Kind.ACTION_REQUIRED, intent, null);
        }
        method.remove("_passed");
        return succeed(intent, methodId);
    }

    /** The cardholder passed or failed the 3-D Secure challenge of a set-up. */
    public PaymentOutcome authenticate(String intentId, boolean passed) {
        ObjectNode intent = world.store().edit(TYPE, intentId);
        if (!"requires_action".equals(Docs.text(intent, "status"))) {
            throw ApiError.invalid(
                    "setup_intent_unexpected_state", null, "The set-up does not wait for authentication.");
        }
        String methodId = Docs.textOf(intent, "payment_method");
        ObjectNode method = world.store().edit("payment_method", methodId);
        intent.putNull("next_action");
        if (!passed) {
            ApiError error = ApiError.card(
                    "setup_intent_authentication_failure", null, "The cardholder could not be authenticated.");
            return refuse(intent, method, error);
        }
        method.put("_authenticated", true);
        return succeed(intent, methodId);
    }

    /** Cancels a set-up that has not succeeded. */
    public ObjectNode cancel(String intentId, @Nullable String reason) {
        ObjectNode intent = world.store().edit(TYPE, intentId);
        String status = Docs.textOf(intent, "status");
        if ("succeeded".equals(status) || "canceled".equals(status)) {
            throw ApiError.invalid(
                    "setup_intent_unexpected_state", "intent", "A set-up that is " + status + " cannot be canceled.");
        }
        intent.put("status", "canceled");
        intent.put("cancellation_reason", reason);
        world.events().emit("setup_intent.canceled", intent);
        return intent;
    }

    private PaymentOutcome succeed(ObjectNode intent, String methodId) {
        intent.put("status", "succeeded");
        intent.putNull("next_action");
        String customer = Docs.text(intent, "customer");
        if (customer != null) {
            methods.attach(methodId, customer);
        }
        world.events().emit("setup_intent.succeeded", intent);
        return new PaymentOutcome(Kind.SUCCEEDED, intent, null);
    }

    private PaymentOutcome refuse(ObjectNode intent, ObjectNode method, ApiError error) {
        intent.put("status", "requires_payment_method");
        intent.putNull("payment_method");
        ObjectNode shown = error.toObject();
        shown.set("payment_method", world.renderer().render(method));
        intent.set("last_setup_error", shown);
        world.events().emit("setup_intent.setup_failed", intent);
        return new PaymentOutcome(Kind.DECLINED, intent, error);
    }
}
