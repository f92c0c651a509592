package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** The charges that payment intents make, and their entries in the balance. */
public final class Charges {
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
    private static final ObjectNode BALANCE = Docs.shape("""
        {"id":"","object":"balance_transaction","amount":0,"available_on":0,"balance_type":"payments","created":0,
         "currency":"","description":null,"exchange_rate":null,"fee":0,"fee_details":[],"net":0,
         "reporting_category":"charge","source":"","status":"pending","type":"charge"}\
        """);
    private static final long AVAILABLE_AFTER = 2 * 86_400;

    private final World world;

    public Charges(World world) {
        this.world = world;
    }

    /** A new charge that took the money of an intent. */
    public ObjectNode succeeded(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = make(intent, method);
        charge.put("amount_captured", Docs.numberOf(charge, "amount"));
        charge.put("captured", true);
        charge.put("paid", true);
        charge.put("status", "succeeded");
        charge.put("receipt_url", world.baseUrl() + "/receipt/" + Docs.textOf(charge, "id"));
        charge.set("outcome", outcome("approved_by_network", "authorized", null, "Payment complete."));
        charge.put("balance_transaction", balance(charge));
        world.store().insert(charge);
        return charge;
    }

    /** A new charge that was refused. */
    public ObjectNode failed(ObjectNode intent, ObjectNode method, ApiError error) {
        ObjectNode charge = make(intent, method);
        charge.put("status", "failed");
        charge.put("failure_code", error.code());
        charge.put("failure_message", error.getMessage());
        String reason = error.declineCode() == null ? error.code() : error.declineCode();
        charge.set(
                "outcome", outcome("declined_by_network", "issuer_declined", reason, "The bank refused the payment."));
        world.store().insert(charge);
        return charge;
    }

    private ObjectNode make(ObjectNode intent, ObjectNode method) {
        ObjectNode charge = world.create(SHAPE, world.ids().next("ch"), world.clockOf(Docs.text(intent, "customer")));
        for (String field :
                new String[] {"amount", "currency", "customer", "description", "receipt_email", "shipping"}) {
            charge.set(field, intent.path(field).deepCopy());
        }
        charge.set("metadata", intent.path("metadata").deepCopy());
        charge.set("billing_details", method.path("billing_details").deepCopy());
        charge.put("payment_intent", Docs.textOf(intent, "id"));
        charge.put("payment_method", Docs.textOf(method, "id"));
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
        ObjectNode details = charge.putObject("payment_method_details");
        details.set("card", card);
        details.put("type", "card");
        return charge;
    }

    private String balance(ObjectNode charge) {
        String id = world.ids().next("txn");
        ObjectNode entry = BALANCE.deepCopy();
        entry.put("id", id);
        long amount = Docs.numberOf(charge, "amount");
        long now = Docs.numberOf(charge, "created");
        entry.put("amount", amount);
        entry.put("net", amount);
        entry.put("created", now);
        entry.put("available_on", now + AVAILABLE_AFTER);
        entry.put("currency", Docs.textOf(charge, "currency"));
        entry.put("description", Docs.text(charge, "description"));
        entry.put("source", Docs.textOf(charge, "id"));
        world.store().insert(entry);
        return id;
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
