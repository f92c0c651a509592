package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.PaymentOutcome.Kind;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.payment.method.TestCard;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What payment intents and set-up intents have in common: they are made, tried with a payment method, wait for the cardholder,
 * are refused, and are canceled.
 */
final class Intents {
    private static final Set<String> OVER = Set.of("succeeded", "processing", "canceled");

    /** An intent that is being tried with a payment method; both may be changed. */
    record Attempt(ObjectNode intent, ObjectNode method) {
        TestCard card() {
            return PaymentMethods.cardOf(method);
        }

        String methodId() {
            return Docs.textOf(method, "id");
        }

        /** Whether the present cardholder has just passed the challenge; that holds for one use. */
        boolean takePass() {
            return method.remove("_passed") != null;
        }

        void noteAuthenticated() {
            method.put("_authenticated", true);
        }

        boolean isAuthenticated() {
            return Docs.flag(method, "_authenticated");
        }
    }

    private final World world;
    private final String prefix;
    private final String errorField;
    private final ObjectNode shape;

    /**
     * Intents of one kind.
     *
     * @param prefix of their identifiers
     * @param errorField where they show why the last attempt failed
     */
    Intents(World world, String prefix, String errorField, ObjectNode shape) {
        this.world = world;
        this.prefix = prefix;
        this.errorField = errorField;
        this.shape = shape;
    }

    ObjectNode create(@Nullable String customer) {
        String id = world.ids().next(prefix);
        ObjectNode intent = world.create(shape, id, world.clockOf(customer));
        intent.put("client_secret", id + "_secret_" + world.ids().letters(25));
        intent.put("customer", customer);
        world.store().insert(intent);
        return intent;
    }

    /** Begins an attempt with a payment method; what an earlier one left is forgotten. */
    Attempt begin(String intentId, String methodId) {
        ObjectNode intent = world.store().edit(type(), intentId);
        intent.put("payment_method", methodId);
        intent.putNull(errorField);
        intent.putNull("next_action");
        return new Attempt(intent, world.store().edit("payment_method", methodId));
    }

    /** Goes on with an attempt that waits for the cardholder. */
    Attempt resume(String intentId) {
        ObjectNode intent = world.store().edit(type(), intentId);
        if (!"requires_action".equals(Docs.text(intent, "status"))) {
            throw unexpected(null, "It does not wait for authentication.");
        }
        intent.putNull("next_action");
        return new Attempt(intent, world.store().edit("payment_method", Docs.textOf(intent, "payment_method")));
    }

    /** Asks the cardholder to authenticate. */
    PaymentOutcome ask(ObjectNode intent) {
        String url = world.baseUrl() + "/3ds/" + Docs.textOf(intent, "id");
        intent.put("status", "requires_action");
        ObjectNode action = intent.putObject("next_action");
        action.put("type", "redirect_to_url");
        action.putObject("redirect_to_url").put("return_url", url).put("url", url);
        emit("requires_action", intent);
        return new PaymentOutcome(Kind.ACTION_REQUIRED, intent, null);
    }

    /** The attempt is refused; the charge is the one that failed with it, if any. */
    PaymentOutcome refuse(Attempt attempt, ApiError error, @Nullable ObjectNode charge, String event) {
        ObjectNode intent = attempt.intent();
        intent.put("status", "requires_payment_method");
        intent.putNull("payment_method");
        ObjectNode shown = error.toObject();
        if (charge != null) {
            shown.put("charge", Docs.textOf(charge, "id"));
        }
        shown.set("payment_method", world.renderer().render(attempt.method()));
        intent.set(errorField, shown);
        emit(event, intent);
        return new PaymentOutcome(Kind.DECLINED, intent, error);
    }

    /** Why an attempt whose cardholder failed the challenge is refused. */
    ApiError notAuthenticated() {
        return ApiError.card(type() + "_authentication_failure", null, "The cardholder could not be authenticated.");
    }

    /** An intent that is about to be canceled, which ends its wait for the cardholder. */
    ObjectNode cancel(String intentId, @Nullable String reason) {
        ObjectNode intent = world.store().edit(type(), intentId);
        requireUnfinished(intent, "canceled");
        intent.put("status", "canceled");
        intent.put("cancellation_reason", reason);
        intent.putNull("next_action");
        return intent;
    }

    /** Refuses a request that comes too late for an intent. */
    void requireUnfinished(ObjectNode intent, String wish) {
        String status = Docs.textOf(intent, "status");
        if (OVER.contains(status)) {
            throw unexpected(
                    "intent", "A " + type().replace('_', ' ') + " that is " + status + " cannot be " + wish + ".");
        }
    }

    ApiError unexpected(@Nullable String param, String message) {
        return ApiError.invalid(type() + "_unexpected_state", param, message);
    }

    void emit(String event, ObjectNode intent) {
        world.events().emit(type() + "." + event, intent);
    }

    private String type() {
        return Docs.textOf(shape, "object");
    }
}
