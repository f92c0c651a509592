package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.ChargeEngine;
import dev.billhook.simulator.engine.charge.Charges;
import dev.billhook.simulator.engine.payment.Intents.Attempt;
import dev.billhook.simulator.engine.payment.PaymentOutcome.Kind;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Payment intents and the charges they make. Amounts are minor units. */
public final class Payments {
    private static final String TYPE = "payment_intent";
    private static final String HOLD_ENDS = "payment_intent.hold_ends";
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
    private final ChargeEngine charging;
    private final Intents intents;
    private final List<Consumer<ObjectNode>> paidListeners = new ArrayList<>();

    Payments(World world, ChargeEngine charging) {
        this.world = world;
        this.charging = charging;
        this.intents = new Intents(world, "pi", "last_payment_error", SHAPE);
        world.simulation().onTimer(HOLD_ENDS, this::expire);
    }

    /** Tells who wants to know when an intent succeeds after the cardholder authenticated or it was confirmed by itself. */
    public void onLaterSuccess(Consumer<ObjectNode> listener) {
        paidListeners.add(listener);
    }

    /** A new intent, not confirmed. */
    public ObjectNode create(long amount, String currency, @Nullable String customer) {
        ObjectNode intent = intents.create(customer);
        intent.put("amount", amount);
        intent.put("currency", currency);
        return intent;
    }

    /** Records the creation of an intent once its fields are set. */
    public void created(ObjectNode intent) {
        intents.emit("created", intent);
    }

    /** Refuses to change or confirm an intent that has been paid, is held or canceled. */
    public void requireOpen(ObjectNode intent, String wish) {
        intents.requireUnfinished(intent, wish);
        if (isHeld(intent)) {
            throw intents.unexpected(null, "The payment waits to be captured; it cannot be " + wish + ".");
        }
    }

    /** Tries to pay with a payment method; a cardholder who is absent cannot authenticate. */
    public PaymentOutcome confirm(String intentId, String methodId) {
        Attempt attempt = intents.begin(intentId, methodId);
        if (attempt.takePass()) {
            attempt.noteAuthenticated();
            return approve(attempt);
        }
        return switch (attempt.card().behaviour()) {
            case PAYS -> approve(attempt);
            case DECLINES, DECLINES_AFTER_ATTACH ->
                decline(attempt, attempt.card().refusal());
            case AUTHENTICATES_ONCE -> attempt.isAuthenticated() ? approve(attempt) : intents.ask(attempt.intent());
            case AUTHENTICATES -> intents.ask(attempt.intent());
        };
    }

    /** The cardholder passed or failed the 3-D Secure challenge of an intent. */
    public PaymentOutcome authenticate(String intentId, boolean passed) {
        Attempt attempt = intents.resume(intentId);
        if (!passed) {
            return decline(attempt, intents.notAuthenticated());
        }
        attempt.noteAuthenticated();
        PaymentOutcome outcome = approve(attempt);
        if (outcome.succeeded()) {
            confirmedByItself(outcome.intent());
        }
        return outcome;
    }

    /** An intent that was confirmed through the API has succeeded; whoever waits for it goes on. */
    public void confirmedByItself(ObjectNode intent) {
        paidListeners.forEach(listener -> listener.accept(intent));
    }

    /** Takes the money an intent holds, or a part of it; the rest is released. */
    public ObjectNode capture(String intentId, @Nullable Long amount) {
        ObjectNode intent = world.store().edit(TYPE, intentId);
        long held = Docs.numberOf(intent, "amount_capturable");
        if (!isHeld(intent)) {
            throw intents.unexpected(
                    null, "Only a payment that requires capture can be captured; this one is " + status(intent) + ".");
        }
        if (amount != null && amount < 1) {
            throw ApiError.lessThan(1, "amount_to_capture");
        }
        if (amount != null && amount > held) {
            throw ApiError.invalid(
                    "amount_too_large", "amount_to_capture", "Only " + held + " can be captured of this payment.");
        }
        long taken = amount == null ? held : amount;
        String charge = Docs.textOf(intent, "latest_charge");
        charging.charges().capture(charge, taken);
        if (taken < held) {
            charging.refunds().release(charge, null);
        }
        intent.put("amount_capturable", 0);
        succeed(intent, taken);
        confirmedByItself(intent);
        return intent;
    }

    /** Cancels an intent that is not paid; what it holds is released. */
    public ObjectNode cancel(String intentId, @Nullable String reason) {
        return cancel(intentId, reason, null);
    }

    private ObjectNode cancel(String intentId, @Nullable String reason, @Nullable String releaseReason) {
        boolean held = isHeld(world.store().get(TYPE, intentId));
        ObjectNode intent = intents.cancel(intentId, reason);
        intent.put("canceled_at", world.now(world.clockOf(Docs.text(intent, "customer"))));
        if (held) {
            intent.put("amount_capturable", 0);
            charging.refunds().release(Docs.textOf(intent, "latest_charge"), releaseReason);
        }
        intents.emit("canceled", intent);
        return intent;
    }

    /** Nobody captured what an intent holds. */
    private void expire(String intentId) {
        ObjectNode intent = world.store().find(TYPE, intentId);
        if (intent != null && isHeld(intent)) {
            cancel(intentId, "automatic", "expired_uncaptured_charge");
            world.events().emit("charge.expired", world.store().get("charge", Docs.textOf(intent, "latest_charge")));
        }
    }

    private PaymentOutcome approve(Attempt attempt) {
        ObjectNode intent = attempt.intent();
        boolean manual = "manual".equals(Docs.text(intent, "capture_method"));
        Charges charges = charging.charges();
        ObjectNode charge = manual
                ? charges.authorized(intent, attempt.method(), attempt.card().aftermath())
                : charges.succeeded(intent, attempt.method(), attempt.card().aftermath());
        intent.put("latest_charge", Docs.textOf(charge, "id"));
        if (Docs.text(intent, "setup_future_usage") != null) {
            attempt.noteAuthenticated();
        }
        if (!manual) {
            succeed(intent, Docs.numberOf(intent, "amount"));
            return new PaymentOutcome(Kind.SUCCEEDED, intent, null);
        }
        intent.put("status", "requires_capture");
        intent.put("amount_capturable", Docs.numberOf(intent, "amount"));
        String clock = world.clockOf(Docs.text(intent, "customer"));
        world.simulation()
                .schedule(clock, world.now(clock) + Charges.HOLD_SECONDS, HOLD_ENDS, Docs.textOf(intent, "id"));
        intents.emit("amount_capturable_updated", intent);
        return new PaymentOutcome(Kind.HELD, intent, null);
    }

    private void succeed(ObjectNode intent, long received) {
        intent.put("status", "succeeded");
        intent.put("amount_received", received);
        intents.emit("succeeded", intent);
    }

    private PaymentOutcome decline(Attempt attempt, ApiError error) {
        ObjectNode charge = charging.charges().failed(attempt.intent(), attempt.method(), error);
        attempt.intent().put("latest_charge", Docs.textOf(charge, "id"));
        return intents.refuse(attempt, error, charge, "payment_failed");
    }

    private static boolean isHeld(ObjectNode intent) {
        return "requires_capture".equals(status(intent));
    }

    private static String status(ObjectNode intent) {
        return Docs.textOf(intent, "status");
    }
}
