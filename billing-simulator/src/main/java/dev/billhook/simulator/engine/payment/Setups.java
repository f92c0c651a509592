package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.payment.Intents.Attempt;
import dev.billhook.simulator.engine.payment.PaymentOutcome.Kind;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.payment.method.TestCard;
import dev.billhook.simulator.engine.payment.method.TestCard.Behaviour;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** Set-up intents: a card is checked and kept for later payments. */
public final class Setups {
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"setup_intent","application":null,"automatic_payment_methods":null,
         "cancellation_reason":null,"client_secret":"","created":0,"customer":null,"customer_account":null,
         "description":null,"excluded_payment_method_types":null,"flow_directions":null,"last_setup_error":null,
         "latest_attempt":null,"livemode":false,"managed_payments":null,"mandate":null,"metadata":{},
         "next_action":null,"on_behalf_of":null,"payment_method":null,"payment_method_configuration_details":null,
         "payment_method_options":{},"payment_method_types":["card"],"single_use_mandate":null,
         "status":"requires_payment_method","usage":"off_session"}\
        """);

    private final PaymentMethods methods;
    private final Intents intents;

    Setups(World world, PaymentMethods methods) {
        this.methods = methods;
        this.intents = new Intents(world, "seti", "last_setup_error", SHAPE);
    }

    /** A new set-up, not confirmed. */
    public ObjectNode create(@Nullable String customer) {
        return intents.create(customer);
    }

    /** Records the creation of a set-up once its fields are set. */
    public void created(ObjectNode intent) {
        intents.emit("created", intent);
    }

    /** Refuses to change or confirm a set-up that is over. */
    public void requireOpen(ObjectNode intent, String wish) {
        intents.requireUnfinished(intent, wish);
    }

    /** Checks a card and attaches it to the customer of the set-up. */
    public PaymentOutcome confirm(String intentId, String methodId) {
        Attempt attempt = intents.begin(intentId, methodId);
        TestCard card = attempt.card();
        if (card.behaviour() == Behaviour.DECLINES) {
            return refuse(attempt, card.refusal());
        }
        boolean passed = attempt.takePass() || attempt.isAuthenticated();
        if (PaymentMethods.mustAuthenticate(attempt.method()) && !passed) {
            return intents.ask(attempt.intent());
        }
        return succeed(attempt);
    }

    /** The cardholder passed or failed the 3-D Secure challenge of a set-up. */
    public PaymentOutcome authenticate(String intentId, boolean passed) {
        Attempt attempt = intents.resume(intentId);
        if (!passed) {
            return refuse(attempt, intents.notAuthenticated());
        }
        attempt.noteAuthenticated();
        return succeed(attempt);
    }

    /** Cancels a set-up that has not succeeded. */
    public ObjectNode cancel(String intentId, @Nullable String reason) {
        ObjectNode intent = intents.cancel(intentId, reason);
        intents.emit("canceled", intent);
        return intent;
    }

    private PaymentOutcome succeed(Attempt attempt) {
        ObjectNode intent = attempt.intent();
        intent.put("status", "succeeded");
        String customer = Docs.text(intent, "customer");
        if (customer != null) {
            methods.attach(attempt.methodId(), customer);
        }
        intents.emit("succeeded", intent);
        return new PaymentOutcome(Kind.SUCCEEDED, intent, null);
    }

    private PaymentOutcome refuse(Attempt attempt, ApiError error) {
        return intents.refuse(attempt, error, null, "setup_failed");
    }
}
