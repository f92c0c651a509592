package dev.billhook.simulator.engine.charge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.BalanceLedger.Movement;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The charges that payment intents make, and their entries in the balance. */
public final class Charges {
    static final String TYPE = "charge";
    /** How long an authorization holds before the money is released. */
    public static final long HOLD_SECONDS = 7 * 86_400;

    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"charge","amount":0,"amount_captured":0,"amount_refunded":0,"application":null,
         "application_fee":null,"application_fee_amount":null,"balance_transaction":null,"billing_details":{},
         "calculated_statement_descriptor":"SIMULATOR","captured":false,"created":0,"currency":"","customer":null,
         "description":null,"disputed":false,"failure_balance_transaction":null,"failure_code":null,
         "failure_message":null,"fraud_details":{},"livemode":false,"metadata":{},"on_behalf_of":null,"outcome":null,
         "paid":false,"payment_intent":null,"payment_method":null,"payment_method_details":null,"receipt_email":null,
         "receipt_number":null,"receipt_url":null,"refunded":false,"review":null,"shipping":null,"source":null,
         "source_transfer":null,"statement_descriptor":null,"statement_descriptor_suffix":null,"status":"",
         "transfer_data":null,"transfer_group":null}\
        """);
    private static final ObjectNode CARD = Docs.shape("""
        {"amount_authorized":null,"authorization_code":null,"brand":"","checks":null,"country":"US","exp_month":0,
         "exp_year":0,"extended_authorization":{"status":"disabled"},"fingerprint":"","funding":"credit",
         "incremental_authorization":{"status":"unavailable"},"installments":null,"last4":"","mandate":null,
         "multicapture":{"status":"unavailable"},"network":"","network_token":{"used":false},
         "network_transaction_id":null,"overcapture":{"maximum_amount_capturable":0,"status":"unavailable"},
         "regulated_status":"unregulated","three_d_secure":null,"transaction_link_id":null,"wallet":null}\
        """);
    private static final long AVAILABLE_AFTER = 2 * 86_400;

    private final World world;
    private final BalanceLedger ledger;
    private final List<Consumer<ObjectNode>> captureListeners = new ArrayList<>();

    Charges(World world, BalanceLedger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** Tells who wants to know of each charge whose money was taken. */
    void onCapture(Consumer<ObjectNode> listener) {
        captureListeners.add(listener);
    }

    /** A new charge that took the money of an intent. */
    public ObjectNode succeeded(ObjectNode intent, ObjectNode method, Aftermath aftermath) {
        ObjectNode charge = approved(intent, method, aftermath);
        take(charge, Docs.numberOf(charge, "amount"));
        world.store().insert(charge);
        world.events().emit("charge.succeeded", charge);
        tell(charge);
        return charge;
    }

    /** A new charge that holds the money of an intent until it is captured. */
    public ObjectNode authorized(ObjectNode intent, ObjectNode method, Aftermath aftermath) {
        ObjectNode charge = approved(intent, method, aftermath);
        long until = Docs.numberOf(charge, "created") + HOLD_SECONDS;
        Docs.child(Docs.child(charge, "payment_method_details"), "card").put("capture_before", until);
        world.store().insert(charge);
        world.events().emit("charge.succeeded", charge);
        return charge;
    }

    /** Takes the money, or a part of it, that an authorized charge holds. */
    public ObjectNode capture(String id, long amount) {
        ObjectNode charge = world.store().edit(TYPE, id);
        take(charge, amount);
        world.events().emit("charge.captured", charge);
        tell(charge);
        return charge;
    }

    /** A new charge that asks a bank for the money of an intent; the bank answers later. */
    public ObjectNode pending(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = make(intent, method);
        charge.put("status", "pending");
        world.store().insert(charge);
        world.events().emit("charge.pending", charge);
        return charge;
    }

    /** The bank paid a pending charge. */
    public void settle(String id) {
        ObjectNode charge = world.store().edit(TYPE, id);
        approve(charge);
        take(charge, Docs.numberOf(charge, "amount"));
        world.events().emit("charge.succeeded", charge);
        tell(charge);
    }

    /** The bank refused to pay a pending charge. */
    public void bounce(String id, ApiError error) {
        ObjectNode charge = world.store().edit(TYPE, id);
        refuse(charge, error);
        world.events().emit("charge.failed", charge);
    }

    /** A new charge that was refused. */
    public ObjectNode failed(ObjectNode intent, ObjectNode method, ApiError error) {
        ObjectNode charge = make(intent, method);
        refuse(charge, error);
        world.store().insert(charge);
        world.events().emit("charge.failed", charge);
        return charge;
    }

    private static void refuse(ObjectNode charge, ApiError error) {
        charge.put("status", "failed");
        charge.put("failure_code", error.code());
        charge.put("failure_message", error.getMessage());
        String reason = error.declineCode() == null ? error.code() : error.declineCode();
        charge.set(
                "outcome", outcome("declined_by_network", "issuer_declined", reason, "The bank refused the payment."));
    }

    /** The charge that paid an intent, or null while it is not paid. */
    public @Nullable ObjectNode ofIntent(ObjectNode intent) {
        String id = Docs.text(intent, "latest_charge");
        ObjectNode charge = id == null ? null : world.store().find(TYPE, id);
        return charge == null || "failed".equals(Docs.text(charge, "status")) ? null : charge;
    }

    private ObjectNode approved(ObjectNode intent, ObjectNode method, Aftermath aftermath) {
        ObjectNode charge = make(intent, method);
        approve(charge);
        aftermath.markOn(charge);
        return charge;
    }

    private void approve(ObjectNode charge) {
        charge.put("paid", true);
        charge.put("status", "succeeded");
        charge.put("receipt_url", world.baseUrl() + "/receipt/" + Docs.textOf(charge, "id"));
        charge.set("outcome", outcome("approved_by_network", "authorized", null, "Payment complete."));
    }

    private void take(ObjectNode charge, long amount) {
        charge.put("amount_captured", amount);
        charge.put("captured", true);
        String description = Docs.text(charge, "description");
        Movement movement = new Movement(
                "charge",
                "charge",
                Docs.textOf(charge, "id"),
                charge,
                amount,
                0,
                description == null ? "" : description);
        long wait = Aftermath.of(charge) == Aftermath.AVAILABLE ? 0 : AVAILABLE_AFTER;
        long now = world.now(world.clockOf(Docs.text(charge, "customer")));
        charge.put("balance_transaction", Docs.textOf(ledger.record(movement, now + wait), "id"));
    }

    private void tell(ObjectNode charge) {
        captureListeners.forEach(listener -> listener.accept(charge));
    }

    private ObjectNode make(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = world.create(SHAPE, world.ids().next("ch"), world.clockOf(Docs.text(intent, "customer")));
        for (String field : new String[] {
            "amount",
            "currency",
            "customer",
            "description",
            "receipt_email",
            "shipping",
            "statement_descriptor",
            "statement_descriptor_suffix",
            "transfer_group"
        }) {
            charge.set(field, intent.path(field).deepCopy());
        }
        charge.set("metadata", intent.path("metadata").deepCopy());
        charge.set("billing_details", method.path("billing_details").deepCopy());
        charge.put("payment_intent", Docs.textOf(intent, "id"));
        charge.put("payment_method", Docs.textOf(method, "id"));
        charge.set("payment_method_details", details(intent, method));
        return charge;
    }

    private static ObjectNode details(ObjectNode intent, ObjectNode method) {
        ObjectNode details = Docs.object();
        String type = Docs.textOf(method, "type");
        details.put("type", type);
        details.set(type, "card".equals(type) ? card(intent, method) : account(Docs.child(method, type)));
        return details;
    }

    private static ObjectNode account(ObjectNode used) {
        ObjectNode account = Docs.object();
        for (String field : new String[] {
            "account_holder_type", "account_type", "bank_name", "fingerprint", "last4", "routing_number"
        }) {
            account.set(field, used.path(field).deepCopy());
        }
        account.putNull("payment_reference");
        return account;
    }

    private static ObjectNode card(ObjectNode intent, ObjectNode method) {
        ObjectNode card = CARD.deepCopy();
        ObjectNode used = Docs.child(method, "card");
        for (String field :
                new String[] {"brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4"
                }) {
            card.set(field, used.path(field).deepCopy());
        }
        card.put("amount_authorized", Docs.numberOf(intent, "amount"));
        Docs.child(card, "overcapture").put("maximum_amount_capturable", Docs.numberOf(intent, "amount"));
        card.put("network", Docs.text(used, "brand"));
        return card;
    }

    private static ObjectNode outcome(String network, String type, @Nullable String reason, String message) {
        ObjectNode outcome = Docs.object();
        outcome.putNull("advice_code");
        outcome.putNull("network_advice_code");
        outcome.putNull("network_decline_code");
        outcome.put("network_status", network);
        outcome.put("reason", reason);
        outcome.put("risk_level", "normal");
        outcome.put("seller_message", message);
        outcome.put("type", type);
        return outcome;
    }
}
