package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.PaymentOutcome.Kind;
import dev.billhook.simulator.engine.payment.TestCard.Behaviour;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Payment intents and the charges they make. Amounts are minor units. */
public final class Payments {
    private static final String TYPE = "payment_intent";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"payment_intent","amount":0,"amount_capturable":0,"amount_details":{"tip":{}},
         "amount_received":0,"application":null,"application_fee_amount":null,"automatic_payment_methods":null,
         "canceled_at":null,"cancellation_reason":null,"capture_method":"automatic","client_secret":"",
         "confirmation_method":"automatic","created":0,"currency":"","customer":null,"customer_account":null,
         "description":null,"excluded_payment_method_types":null,"last_payment_error":null,"latest_charge":null,
         "livemode":false,"managed_payments":null,"metadata":{},"next_action":null,"on_behalf_of":null,
         "payment_method":null,"payment_method_configuration_details":null,"payment_method_options":{},
         "payment_method_types":["card"],"processing":null,"receipt_email":null,"review":null,
         "setup_future_usage":null,"shipping":null,"source":null,"statement_descriptor":null,
         "statement_descriptor_suffix":null,"status":"requires_payment_method","transfer_data":null,
         "transfer_group":null}\
        """);

    private final World world;
    private final Charges charges;
    private final List<Consumer<ObjectNode>> paidListeners = new ArrayList<>();

    public Payments(World world, Charges charges) {
        this.world = world;
        this.charges = charges;
    }

    /** Tells who wants to know when an intent succeeds after the cardholder authenticated or it was confirmed by itself. */
    public void onLaterSuccess(Consumer<ObjectNode> listener) {
        paidListeners.add(listener);
    }

    /** A new intent, not confirmed. */
    public ObjectNode create(long amount, String currency, @Nullable String customer) {
        String id = world.ids().next("pi");
        ObjectNode intent = world.create(SHAPE, id, world.clockOf(customer));
        intent.put("client_secret", id + "_secret_" + world.ids().letters(25));
        intent.put("amount", amount);
        intent.put("currency", currency);
        intent.put("customer", customer);
        world.store().insert(intent);
        return intent;
    }

    /** Records the creation of an intent once its fields are set. */
    public void created(ObjectNode intent) {
        world.events().emit("payment_intent.created", intent);
    }

    /** Tries to pay with a payment method; a cardholder who is absent cannot authenticate. */
    public PaymentOutcome confirm(String intentId, String methodId) {
        ObjectNode intent = world.store().edit(TYPE, intentId);
        ObjectNode method = world.store().edit("payment_method", methodId);
        TestCard card = PaymentMethods.cardOf(method);
        intent.put("payment_method", methodId);
        intent.putNull("last_payment_error");
        intent.putNull("next_action");
        if (Docs.flag(method, "_passed")) {
            method.remove("_passed");
            method.put("_authenticated", true);
            return succeed(intent, method);
        }
        return switch (card.behaviour()) {
            case PAYS -> succeed(intent, method);
            case DECLINES, DECLINES_AFTER_ATTACH -> decline(intent, method, refusal(card));
            case AUTHENTICATES_ONCE ->
                Docs.flag(method, "_authenticated") ? succeed(intent, method) : askToAuthenticate(intent);
            case AUTHENTICATES -> askToAuthenticate(intent);
        };
    }

    /** The cardholder passed or failed the 3-D Secure challenge of an intent. */
    public PaymentOutcome authenticate(String intentId, boolean passed) {
        ObjectNode intent = world.store().edit(TYPE, intentId);
        if (!"requires_action".equals(Docs.text(intent, "status"))) {
            throw ApiError.invalid(
                    "payment_intent_unexpected_state", null, "The payment does not wait for authentication.");
        }
        ObjectNode method = world.store().edit("payment_method", Docs.textOf(intent, "payment_method"));
        intent.putNull("next_action");
        if (!passed) {
            ApiError error = ApiError.card(
                    "payment_intent_authentication_failure", null, "The cardholder could not be authenticated.");
            return decline(intent, method, error);
        }
        method.put("_authenticated", true);
        PaymentOutcome outcome = succeed(intent, method);
        paidListeners.forEach(listener -> listener.accept(outcome.intent()));
        return outcome;
    }

    /** An intent that was confirmed through the API has succeeded; whoever waits for it goes on. */
    public void confirmedByItself(ObjectNode intent) {
        paidListeners.forEach(listener -> listener.accept(intent));
    }

    /** Cancels an intent that is not paid. */
    public ObjectNode cancel(String intentId, @Nullable String reason) {
        ObjectNode intent = world.store().edit(TYPE, intentId);
        String status = Docs.textOf(intent, "status");
        if ("succeeded".equals(status) || "canceled".equals(status)) {
            throw ApiError.invalid(
                    "payment_intent_unexpected_state",
                    "intent",
                    "A payment that is " + status + " cannot be canceled.");
        }
        intent.put("status", "canceled");
        intent.put("canceled_at", world.now(world.clockOf(Docs.text(intent, "customer"))));
        intent.put("cancellation_reason", reason);
        intent.putNull("next_action");
        world.events().emit("payment_intent.canceled", intent);
        return intent;
    }

    private PaymentOutcome succeed(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = charges.succeeded(intent, method);
        long amount = Docs.numberOf(intent, "amount");
        intent.put("status", "succeeded");
        intent.put("amount_received", amount);
        intent.put("latest_charge", Docs.textOf(charge, "id"));
        if (Docs.text(intent, "setup_future_usage") != null) {
            method.put("_authenticated", true);
        }
        world.events().emit("charge.succeeded", charge);
        world.events().emit("payment_intent.succeeded", intent);
        return new PaymentOutcome(Kind.SUCCEEDED, intent, null);
    }

    private PaymentOutcome decline(ObjectNode intent, ObjectNode method, ApiError error) {
        ObjectNode charge = charges.failed(intent, method, error);
        intent.put("status", "requires_payment_method");
        intent.put("latest_charge", Docs.textOf(charge, "id"));
        intent.putNull("payment_method");
        ObjectNode shown = error.toObject();
        shown.put("charge", Docs.textOf(charge, "id"));
        shown.set("payment_method", world.renderer().render(method));
        intent.set("last_payment_error", shown);
        world.events().emit("charge.failed", charge);
        world.events().emit("payment_intent.payment_failed", intent);
        return new PaymentOutcome(Kind.DECLINED, intent, error);
    }

    private PaymentOutcome askToAuthenticate(ObjectNode intent) {
        intent.put("status", "requires_action");
        String id = Docs.textOf(intent, "id");
        intent.set("next_action", nextAction(world.baseUrl() + "/3ds/" + id));
        world.events().emit("payment_intent.requires_action", intent);
        return new PaymentOutcome(Kind.ACTION_REQUIRED, intent, null);
    }

    static ObjectNode nextAction(String url) {
        ObjectNode action = Docs.object();
        action.put("type", "redirect_to_url");
        action.putObject("redirect_to_url").put("return_url", url).put("url", url);
        return action;
    }

    static ApiError refusal(TestCard card) {
        return ApiError.card(card.code(), card.declineCode(), card.message());
    }

    static boolean refusesSetup(TestCard card) {
        return card.behaviour() == Behaviour.DECLINES;
    }
}
