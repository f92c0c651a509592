package dev.billhook.simulator.engine.charge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.BalanceLedger.Movement;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives the money of charges back, whole or in parts, and releases what was only held. Amounts are minor units. */
public final class Refunds {
    private static final String TYPE = "refund";
    private static final String SETTLE = "refund.settle";
    private static final long SETTLE_SECONDS = 60;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"refund","amount":0,"balance_transaction":null,"charge":"","created":0,"currency":"",
         "customer":null,"customer_account":null,
         "destination_details":{"card":{"reference_status":"pending","reference_type":"acquirer_reference_number",
         "type":"refund"},"type":"card"},"metadata":{},"payment_intent":null,"payment_method":null,"reason":null,
         "receipt_number":null,"source_transfer_reversal":null,"status":"succeeded","transfer_reversal":null}\
        """);

    private final World world;
    private final BalanceLedger ledger;
    private final Charges charges;
    private final List<Consumer<ObjectNode>> fullListeners = new ArrayList<>();

    Refunds(World world, BalanceLedger ledger, Charges charges) {
        this.world = world;
        this.ledger = ledger;
        this.charges = charges;
        world.simulation().onTimer(SETTLE, this::settle);
    }

    /** Tells who wants to know of charges that were given back as a whole. */
    void onFullRefund(Consumer<ObjectNode> listener) {
        fullListeners.add(listener);
    }

    /** Refunds the charge, or the charge of the payment intent, that a request names. */
    public ObjectNode create(Params params) {
        ObjectNode charge = chargeOf(params);
        long rest = refundable(charge);
        Long wanted = params.number("amount");
        checkState(charge, rest);
        if (wanted != null && wanted < 1) {
            throw ApiError.lessThan(1, "amount");
        }
        if (wanted != null && wanted > rest) {
            throw ApiError.invalid(
                    null,
                    "amount",
                    "Refund amount (" + words(wanted, charge) + ") is greater than unrefunded amount on charge ("
                            + words(rest, charge) + ")");
        }
        return refund(charge, wanted == null ? rest : wanted, params.text("reason"), params::mergeMetadata);
    }

    /** Refunds a part of a charge for another object of the simulator, which has checked that as much is left. */
    public ObjectNode refund(String charge, long amount) {
        ObjectNode doc = world.store().get(Charges.TYPE, charge);
        checkState(doc, refundable(doc));
        return refund(doc, amount, null, refund -> {});
    }

    /** Changes the metadata of a refund. */
    public ObjectNode update(String id, Params params) {
        ObjectNode refund = world.finder().editInUrl(TYPE, id);
        params.mergeMetadata(refund);
        world.events().emitUpdated("refund.updated", refund);
        return refund;
    }

    /** Stripe cancels only refunds that wait for the customer; those of cards never do. */
    public ObjectNode cancel(String id) {
        ObjectNode refund = world.finder().inUrl(TYPE, id);
        throw ApiError.invalid(
                null,
                null,
                "Only a refund that requires action can be canceled; this one is " + Docs.text(refund, "status") + ".");
    }

    /** The refunds of a charge, newest first. */
    public List<ObjectNode> of(String charge) {
        return world.store().newestFirst(TYPE, "charge", charge).toList();
    }

    /** What of a charge can still be refunded. */
    public static long refundable(ObjectNode charge) {
        return Docs.numberOf(charge, "amount") - Docs.numberOf(charge, "amount_refunded");
    }

    /** Gives back what an authorized charge holds and nobody takes any more; it never was in the account's balance. */
    public void release(String chargeId, @Nullable String reason) {
        ObjectNode charge = world.store().edit(Charges.TYPE, chargeId);
        long held = Docs.numberOf(charge, "amount") - Docs.numberOf(charge, "amount_captured");
        if (held > 0) {
            announce(make(charge, held, reason), charge);
        }
    }

    private ObjectNode refund(ObjectNode found, long amount, @Nullable String reason, Consumer<ObjectNode> fill) {
        ObjectNode charge = world.store().edit(Charges.TYPE, Docs.textOf(found, "id"));
        ObjectNode refund = make(charge, amount, reason);
        fill.accept(refund);
        Movement out = new Movement(
                "refund",
                "refund",
                Docs.textOf(refund, "id"),
                charge,
                -amount,
                0,
                "REFUND FOR CHARGE " + Docs.textOf(charge, "id"));
        refund.put("balance_transaction", Docs.textOf(ledger.follow(out), "id"));
        if ("fraudulent".equals(reason)) {
            Docs.child(charge, "fraud_details").put("user_report", "fraudulent");
        }
        Aftermath aftermath = Aftermath.of(charge);
        if (aftermath == Aftermath.REFUND_PENDING) {
            refund.put("status", "pending");
            refund.put("pending_reason", "processing");
        }
        if (aftermath == Aftermath.REFUND_PENDING || aftermath == Aftermath.REFUND_FAILS) {
            String clock = world.clockOf(Docs.text(charge, "customer"));
            world.simulation().schedule(clock, world.now(clock) + SETTLE_SECONDS, SETTLE, Docs.textOf(refund, "id"));
        }
        announce(refund, charge);
        if (refundable(charge) == 0) {
            fullListeners.forEach(listener -> listener.accept(charge));
        }
        return refund;
    }

    private ObjectNode make(ObjectNode charge, long amount, @Nullable String reason) {
        ObjectNode refund = world.create(SHAPE, world.ids().next("re"), world.clockOf(Docs.text(charge, "customer")));
        refund.remove("livemode");
        refund.put("amount", amount);
        refund.put("charge", Docs.textOf(charge, "id"));
        refund.put("reason", reason);
        for (String field : new String[] {"currency", "customer", "payment_intent", "payment_method"}) {
            refund.set(field, charge.path(field));
        }
        world.store().insert(refund);
        setRefunded(charge, Docs.numberOf(charge, "amount_refunded") + amount);
        return refund;
    }

    private void announce(ObjectNode refund, ObjectNode charge) {
        world.events().emit("refund.created", refund);
        world.events().emitUpdated("charge.refunded", charge);
    }

    /** What the card decided about a refund comes to light: a pending one succeeds, or one that succeeded fails. */
    private void settle(String id) {
        ObjectNode refund = world.store().edit(TYPE, id);
        ObjectNode charge = world.store().edit(Charges.TYPE, Docs.textOf(refund, "charge"));
        if (Aftermath.of(charge) == Aftermath.REFUND_PENDING) {
            refund.put("status", "succeeded");
            refund.remove("pending_reason");
            world.events().emitUpdated("refund.updated", refund);
            world.events().emit("charge.refund.updated", refund);
            return;
        }
        long amount = Docs.numberOf(refund, "amount");
        Movement back =
                new Movement("refund_failure", "refund_failure", id, charge, amount, 0, "REFUND FAILURE (" + id + ")");
        refund.put("status", "failed");
        refund.put("failure_reason", "expired_or_canceled_card");
        refund.put("failure_balance_transaction", Docs.textOf(ledger.follow(back), "id"));
        setRefunded(charge, Docs.numberOf(charge, "amount_refunded") - amount);
        world.events().emitUpdated("refund.updated", refund);
        world.events().emit("charge.refund.updated", refund);
        world.events().emit("refund.failed", refund);
    }

    private static String words(long amount, ObjectNode charge) {
        return AmountText.of(amount, Docs.textOf(charge, "currency"));
    }

    private static void setRefunded(ObjectNode charge, long amount) {
        charge.put("amount_refunded", amount);
        charge.put("refunded", amount == Docs.numberOf(charge, "amount"));
    }

    private ObjectNode chargeOf(Params params) {
        String id = params.text("charge");
        String intentId = params.text("payment_intent");
        if (id != null && intentId != null) {
            throw ApiError.invalid(null, "charge", "Give charge or payment_intent, not both.");
        }
        if (id != null) {
            return world.finder().inParam(Charges.TYPE, id, "charge");
        }
        if (intentId == null) {
            throw ApiError.invalid(
                    "parameter_missing",
                    "payment_intent",
                    "One of the following params should be provided: charge or payment_intent.");
        }
        ObjectNode intent = world.finder().inParam("payment_intent", intentId, "payment_intent");
        ObjectNode charge = charges.ofIntent(intent);
        if (charge == null) {
            throw ApiError.invalid(
                    null,
                    "payment_intent",
                    "This payment (" + intentId + ") does not have a successful charge to refund.");
        }
        return charge;
    }

    private void checkState(ObjectNode charge, long rest) {
        String id = Docs.textOf(charge, "id");
        if (rest == 0) {
            throw ApiError.invalid("charge_already_refunded", null, "Charge " + id + " has already been refunded.");
        }
        if (!"succeeded".equals(Docs.text(charge, "status")) || !Docs.flag(charge, "captured")) {
            throw ApiError.invalid(
                    "charge_not_refundable",
                    null,
                    "Charge " + id + " took no money; cancel its payment intent instead.");
        }
        if (DisputeDocs.blocksRefunds(world.store(), id)) {
            throw ApiError.invalid(
                    "charge_disputed", null, "Charge " + id + " has been charged back; cannot issue a refund.");
        }
    }
}
