package dev.billhook.simulator.engine.debit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.Charges;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/**
 * Payments of Checkout sessions from bank accounts. The session is complete at once, while its payment is processed until the
 * bank answers. Source: Stripe documentation, "Fulfill orders" and "ACH Direct Debit".
 */
public final class BankDebits {
    /** Type of the payment method. */
    public static final String METHOD = "us_bank_account";

    private static final String SESSION = "checkout.session";
    private static final String INTENT = "payment_intent";
    private static final String ANSWER = "debit.answer";
    /** "Up to four business days". */
    private static final long ANSWER_SECONDS = 4 * 86_400;

    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"payment_method","allow_redisplay":"limited",
         "billing_details":{"address":{"city":null,"country":null,"line1":null,"line2":null,"postal_code":null,
         "state":null},"email":null,"name":null,"phone":null,"tax_id":null},
         "created":0,"customer":null,"customer_account":null,"livemode":false,"metadata":{},"type":"us_bank_account",
         "us_bank_account":{"account_holder_type":"individual","account_type":"checking","bank_name":"STRIPE TEST BANK",
         "financial_connections_account":null,"fingerprint":"","last4":"",
         "networks":{"preferred":"ach","supported":["ach"]},"routing_number":"110000000","status_details":{}}}\
        """);

    private final World world;
    private final Charges charges;

    public BankDebits(World world, Charges charges) {
        this.world = world;
        this.charges = charges;
        world.simulation().onTimer(ANSWER, this::answered);
    }

    /** Whether the person may pay a session from a bank account. */
    public static boolean isOffered(ObjectNode session) {
        return isPossible(session)
                && Docs.numberOf(session, "amount_total") > 0
                && Docs.texts(session, "payment_method_types").contains(METHOD);
    }

    /** Whether a session that names no kinds of payment methods may be paid from a bank account. */
    public static boolean isPossible(ObjectNode session) {
        ObjectNode data = Docs.child(session, "_payment_intent_data");
        return "payment".equals(Docs.text(session, "mode"))
                && "usd".equals(Docs.text(session, "currency"))
                && !data.hasNonNull("setup_future_usage")
                && !"manual".equals(Docs.text(data, "capture_method"))
                && !Docs.flag(Docs.child(session, "invoice_creation"), "enabled");
    }

    /** Asks the bank for the amount of a new intent of a session; it answers on a later day. */
    public void begin(ObjectNode session, ObjectNode intent, BankInput input, @Nullable String email) {
        TestAccount account = TestAccount.of(input)
                .orElseThrow(() -> ApiError.card(
                                "incorrect_number",
                                null,
                                "Your bank account is incorrect; the simulator knows test accounts only.")
                        .discardingState());
        String clock = Docs.text(session, "_clock");
        ObjectNode method = method(account, clock, email);
        String id = Docs.textOf(intent, "id");
        intent.put("payment_method", Docs.textOf(method, "id"));
        intent.set("payment_method_types", session.path("payment_method_types").deepCopy());
        intent.put("status", "processing");
        intent.put("_session", Docs.textOf(session, "id"));
        intent.put("latest_charge", Docs.textOf(charges.pending(intent, method), "id"));
        world.events().emit("payment_intent.processing", intent);
        world.simulation().schedule(clock, world.now(clock) + ANSWER_SECONDS, ANSWER, id);
    }

    private ObjectNode method(TestAccount account, @Nullable String clock, @Nullable String email) {
        ObjectNode method = world.create(SHAPE, world.ids().next("pm"), clock);
        method.put("_account", account.name());
        Docs.child(method, "billing_details").put("email", email);
        ObjectNode shown = Docs.child(method, METHOD);
        shown.put("last4", account.last4());
        shown.put("fingerprint", "simbank" + account.last4() + "00000");
        world.store().insert(method);
        return method;
    }

    private void answered(String intentId) {
        ObjectNode intent = world.store().find(INTENT, intentId);
        if (intent == null || !"processing".equals(Docs.text(intent, "status"))) {
            return;
        }
        intent = world.store().edit(INTENT, intentId);
        ObjectNode method = world.store().get("payment_method", Docs.textOf(intent, "payment_method"));
        ApiError refusal = TestAccount.valueOf(Docs.textOf(method, "_account")).refusal();
        ObjectNode session = world.store().edit(SESSION, Docs.textOf(intent, "_session"));
        if (refusal == null) {
            succeed(intent);
            session.put("payment_status", "paid");
            world.events().emit("checkout.session.async_payment_succeeded", session);
        } else {
            fail(intent, method, refusal);
            world.events().emit("checkout.session.async_payment_failed", session);
        }
    }

    private void succeed(ObjectNode intent) {
        charges.settle(Docs.textOf(intent, "latest_charge"));
        intent.put("status", "succeeded");
        intent.put("amount_received", Docs.numberOf(intent, "amount"));
        world.events().emit("payment_intent.succeeded", intent);
    }

    private void fail(ObjectNode intent, ObjectNode method, ApiError refusal) {
        String charge = Docs.textOf(intent, "latest_charge");
        charges.bounce(charge, refusal);
        ObjectNode shown = refusal.toObject();
        shown.put("charge", charge);
        shown.set("payment_method", world.renderer().render(method));
        intent.put("status", "requires_payment_method");
        intent.putNull("payment_method");
        intent.set("last_payment_error", shown);
        world.events().emit("payment_intent.payment_failed", intent);
    }
}
