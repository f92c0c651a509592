package dev.billhook.simulator.engine.charge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.BalanceLedger.Movement;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Disputes of charges, from the day the cardholder's bank raises them to their end. Source: Stripe documentation, "How disputes
 * work" and "Test disputes": certain evidence texts win, lose, or turn an inquiry into a chargeback. Amounts are minor units.
 */
public final class Disputes {
    /** What the network charges for a chargeback, in minor units of the charge's currency. */
    public static final long FEE = 1_500;

    private static final String DUE = "dispute.due";
    private static final long DAY = 86_400;
    private static final long DAYS_TO_RESPOND = 20;

    private final World world;
    private final BalanceLedger ledger;

    Disputes(World world, BalanceLedger ledger) {
        this.world = world;
        this.ledger = ledger;
        world.simulation().onTimer(DUE, this::due);
    }

    /** Raises the dispute a test card stands for, once the payment itself is permanent. */
    void raiseFor(ObjectNode charge) {
        String reason = switch (Aftermath.of(charge)) {
            case DISPUTED, INQUIRY -> "fraudulent";
            case DISPUTED_NOT_RECEIVED -> "product_not_received";
            default -> null;
        };
        if (reason != null) {
            String id = Docs.textOf(charge, "id");
            boolean inquiry = Aftermath.of(charge) == Aftermath.INQUIRY;
            world.simulation()
                    .afterUnit(() ->
                            world.simulation().atomically(RequestInfo.NONE, () -> raise(id, reason, null, inquiry)));
        }
    }

    /**
     * Raises a dispute of a captured charge.
     *
     * @param amount disputed amount, or null for all of the charge that was not refunded
     * @param inquiry whether the bank only asks, and takes no money yet
     */
    public ObjectNode raise(String chargeId, String reason, @Nullable Long amount, boolean inquiry) {
        ObjectNode charge = world.store().edit(Charges.TYPE, chargeId);
        long rest = Refunds.refundable(charge);
        if (!Docs.flag(charge, "captured") || rest < 1 || (amount != null && (amount < 1 || amount > rest))) {
            throw ApiError.invalid(null, "amount", "Of this charge, " + rest + " can be disputed.");
        }
        String clock = world.clockOf(Docs.text(charge, "customer"));
        ObjectNode dispute = world.create(DisputeDocs.SHAPE, world.ids().next("du"), clock);
        dispute.put("amount", amount == null ? rest : amount);
        dispute.put("_clock", clock);
        dispute.put("charge", chargeId);
        dispute.set("currency", charge.path("currency"));
        dispute.set("payment_intent", charge.path("payment_intent"));
        dispute.put("reason", reason);
        dispute.put("status", inquiry ? "warning_needs_response" : "needs_response");
        dispute.put("is_charge_refundable", inquiry);
        long due = (Docs.numberOf(dispute, "created") / DAY + DAYS_TO_RESPOND) * DAY - 1;
        Docs.child(dispute, "evidence_details").put("due_by", due);
        describe(dispute, charge, inquiry);
        world.store().insert(dispute);
        world.simulation().schedule(clock, due, DUE, Docs.textOf(dispute, "id"));
        charge.put("disputed", true);
        if (inquiry) {
            world.events().emit("charge.dispute.created", dispute);
        } else {
            withdraw(dispute, charge, "charge.dispute.created");
        }
        return dispute;
    }

    /** Adds evidence and metadata, and hands the evidence to the bank unless it is only to be kept. */
    public ObjectNode update(String id, Params params) {
        ObjectNode dispute = world.finder().editInUrl(DisputeDocs.TYPE, id);
        params.mergeMetadata(dispute);
        if (params.has("evidence") || params.has("submit")) {
            respond(dispute, params);
        }
        world.events().emitUpdated("charge.dispute.updated", dispute);
        return dispute;
    }

    /** Accepts a dispute: it is lost. */
    public ObjectNode close(String id) {
        ObjectNode dispute = world.finder().editInUrl(DisputeDocs.TYPE, id);
        if (!DisputeDocs.needsResponse(dispute)) {
            throw closed(dispute);
        }
        return end(dispute, false);
    }

    /** The bank decides. */
    public ObjectNode decide(String id, boolean won) {
        ObjectNode dispute = world.finder().editInUrl(DisputeDocs.TYPE, id);
        if (DisputeDocs.isClosed(dispute)) {
            throw closed(dispute);
        }
        return end(dispute, won);
    }

    /** A charge was given back as a whole: there is nothing left for the bank to ask about. */
    void endInquiriesOf(ObjectNode charge) {
        for (ObjectNode found : world.store()
                .newestFirst(DisputeDocs.TYPE, "charge", Docs.textOf(charge, "id"))
                .toList()) {
            if (DisputeDocs.isInquiry(found) && !DisputeDocs.isClosed(found)) {
                end(world.store().edit(DisputeDocs.TYPE, Docs.textOf(found, "id")), true);
            }
        }
    }

    private void respond(ObjectNode dispute, Params params) {
        if (!DisputeDocs.needsResponse(dispute)) {
            throw closed(dispute);
        }
        ObjectNode evidence = Docs.child(dispute, "evidence");
        boolean given = false;
        for (Map.Entry<String, JsonNode> field : params.group("evidence").tree().properties()) {
            evidence.set(field.getKey(), field.getValue().deepCopy());
            given |= !field.getValue().isNull();
        }
        ObjectNode details = Docs.child(dispute, "evidence_details");
        details.put("has_evidence", given || Docs.flag(details, "has_evidence"));
        if (params.has("submit") && !params.flag("submit")) {
            return;
        }
        details.put("submission_count", Docs.numberOf(details, "submission_count") + 1);
        dispute.put("status", DisputeDocs.isInquiry(dispute) ? "warning_under_review" : "under_review");
        String text = Docs.text(evidence, "uncategorized_text");
        String id = Docs.textOf(dispute, "id");
        if (text != null) {
            world.simulation().afterUnit(() -> world.simulation().atomically(RequestInfo.NONE, () -> judge(id, text)));
        }
    }

    private ObjectNode judge(String id, String text) {
        ObjectNode dispute = world.store().edit(DisputeDocs.TYPE, id);
        return switch (text) {
            case "winning_evidence" -> end(dispute, true);
            case "losing_evidence" -> end(dispute, false);
            case "escalate_inquiry_evidence" -> escalate(dispute);
            default -> dispute;
        };
    }

    /** An inquiry becomes a chargeback, and the money goes. */
    private ObjectNode escalate(ObjectNode dispute) {
        if (DisputeDocs.isInquiry(dispute)) {
            dispute.put("status", "needs_response");
            dispute.put("is_charge_refundable", false);
            DisputeDocs.card(dispute).put("case_type", "chargeback");
            ObjectNode charge = world.store().get(Charges.TYPE, Docs.textOf(dispute, "charge"));
            withdraw(dispute, charge, "charge.dispute.updated");
        }
        return dispute;
    }

    private void withdraw(ObjectNode dispute, ObjectNode charge, String event) {
        long amount = Docs.numberOf(dispute, "amount");
        move(dispute, charge, "dispute", -amount, FEE, "Chargeback withdrawal for " + Docs.textOf(charge, "id"));
        if ("charge.dispute.created".equals(event)) {
            world.events().emit(event, dispute);
        } else {
            world.events().emitUpdated(event, dispute);
        }
        world.events().emit("charge.dispute.funds_withdrawn", dispute);
    }

    private ObjectNode end(ObjectNode dispute, boolean won) {
        boolean inquiry = DisputeDocs.isInquiry(dispute);
        String status = won ? "won" : "lost";
        dispute.put("status", inquiry ? "warning_closed" : status);
        if (won && !inquiry) {
            ObjectNode charge = world.store().get(Charges.TYPE, Docs.textOf(dispute, "charge"));
            String why = "Chargeback reversal for " + Docs.textOf(charge, "id");
            move(dispute, charge, "dispute_reversal", Docs.numberOf(dispute, "amount"), -FEE, why);
            world.events().emit("charge.dispute.funds_reinstated", dispute);
        }
        world.events().emit("charge.dispute.closed", dispute);
        return dispute;
    }

    private void move(ObjectNode dispute, ObjectNode charge, String category, long amount, long fee, String why) {
        Movement movement = new Movement("adjustment", category, Docs.textOf(dispute, "id"), charge, amount, fee, why);
        dispute.withArray("balance_transactions").add(ledger.follow(movement).deepCopy());
    }

    /** Who does not answer in time loses; a question that is not answered is dropped. */
    private void due(String id) {
        ObjectNode dispute = world.store().find(DisputeDocs.TYPE, id);
        if (dispute != null && DisputeDocs.needsResponse(dispute)) {
            end(world.store().edit(DisputeDocs.TYPE, id), false);
        }
    }

    private static void describe(ObjectNode dispute, ObjectNode charge, boolean inquiry) {
        ObjectNode used = Docs.child(Docs.child(charge, "payment_method_details"), "card");
        ObjectNode card = DisputeDocs.card(dispute);
        card.set("brand", used.path("brand"));
        card.set("network", used.path("network"));
        card.put("case_type", inquiry ? "inquiry" : "chargeback");
        card.put("network_reason_code", DisputeDocs.networkCode(Docs.textOf(dispute, "reason")));
    }

    private static ApiError closed(ObjectNode dispute) {
        return ApiError.invalid(
                null,
                null,
                "The dispute is " + DisputeDocs.status(dispute).replace('_', ' ') + "; this cannot be done any more.");
    }
}
