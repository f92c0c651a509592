package dev.billhook.simulator.engine.creditnote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.charge.Refunds;
import dev.billhook.simulator.engine.invoice.InvoiceCollection;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How what was paid of a credited amount goes back: by refunds, to the customer's balance, or outside of Stripe. */
final class Repayments {
    private static final Set<String> UNDONE = Set.of("failed", "canceled");

    /**
     * What a request asks for, in minor units.
     *
     * @param links refunds that exist already and belong to the note
     */
    record Plan(long refund, long credit, long outOfBand, List<Link> links) {
        Plan {
            links = List.copyOf(links);
        }

        long linked() {
            return links.stream().mapToLong(Link::amount).sum();
        }

        long sum() {
            return refund + credit + outOfBand + linked();
        }
    }

    /** A refund, or a part of it, that belongs to a note. */
    record Link(String refund, long amount) {}

    private final World world;
    private final PaymentEngine payment;
    private final InvoiceCollection collection;

    Repayments(World world, PaymentEngine payment, InvoiceCollection collection) {
        this.world = world;
        this.payment = payment;
        this.collection = collection;
    }

    Plan plan(Params params, ObjectNode invoice, List<ObjectNode> issued) {
        List<Link> links = new ArrayList<>();
        for (Params given : params.groups("refunds")) {
            links.add(link(given, invoice, issued));
        }
        return new Plan(
                amount(params, "refund_amount"),
                amount(params, "credit_amount"),
                amount(params, "out_of_band_amount"),
                links);
    }

    /**
     * Refuses a note that exceeds what is left of its invoice, or whose repayments do not come to what was paid of it.
     *
     * @param amount of the note
     * @param paid what of it was paid
     */
    void check(Plan plan, ObjectNode invoice, List<ObjectNode> issued, long amount, long paid) {
        long elsewhere = refunded(invoice) - linkedIn(issued, null) - plan.linked();
        long left = Docs.numberOf(invoice, "total") - Docs.sum(issued, "total") - Math.max(0, elsewhere);
        if (amount < 1 || amount > left) {
            throw ApiError.invalid(
                    null,
                    "amount",
                    "The credit note comes to " + amount + "; " + Math.max(0, left)
                            + " of the invoice can still be credited.");
        }
        if (plan.sum() != paid) {
            throw ApiError.invalid(
                    null,
                    null,
                    "The sum of refunds, credit amount and out of band amount (" + plan.sum()
                            + ") must equal the post payment amount (" + paid + ").");
        }
        if (plan.refund() > 0 && refundable(invoice, plan.refund()) == null) {
            throw ApiError.invalid(
                    null, "refund_amount", "The invoice has no charge of which as much can be refunded.");
        }
    }

    /** Gives the money back and notes where it went. */
    void carryOut(Plan plan, ObjectNode invoice, ObjectNode note) {
        plan.links().forEach(link -> show(note, link));
        String charge = plan.refund() > 0 ? refundable(invoice, plan.refund()) : null;
        if (charge != null) {
            ObjectNode refund = payment.charging().refunds().refund(charge, plan.refund());
            show(note, new Link(Docs.textOf(refund, "id"), plan.refund()));
        }
        if (plan.credit() > 0) {
            ObjectNode entry = payment.balance().credit(invoice, Docs.textOf(note, "id"), plan.credit());
            note.set("customer_balance_transaction", entry.path("id"));
        }
        if (plan.outOfBand() > 0) {
            note.put("out_of_band_amount", plan.outOfBand());
        }
    }

    private Link link(Params given, ObjectNode invoice, List<ObjectNode> issued) {
        if ("payment_record_refund".equals(given.text("type"))) {
            throw ApiError.invalid(null, given.name("type"), "Payment records are not modelled.");
        }
        String id = given.requireText("refund");
        ObjectNode refund = world.finder().inParam("refund", id, given.name("refund"));
        if (!charges(invoice).contains(Docs.text(refund, "charge"))) {
            throw ApiError.invalid(null, given.name("refund"), "The refund is not one of this invoice's payments.");
        }
        long left = Docs.numberOf(refund, "amount") - linkedIn(issued, id);
        long amount = given.number("amount_refunded", left);
        if (amount < 1 || amount > left) {
            throw ApiError.invalid(
                    null, given.name("amount_refunded"), "Of this refund, " + left + " belongs to no credit note yet.");
        }
        return new Link(id, amount);
    }

    private static void show(ObjectNode note, Link link) {
        ObjectNode shown = note.withArray("refunds").addObject();
        shown.put("amount_refunded", link.amount());
        shown.putNull("payment_record_refund");
        shown.put("refund", link.refund());
        shown.put("type", "refund");
    }

    /** What issued notes count of a refund, or of all refunds. */
    private static long linkedIn(List<ObjectNode> issued, @Nullable String refund) {
        return issued.stream()
                .flatMap(note -> Docs.objects(note, "refunds").stream())
                .filter(link -> refund == null || refund.equals(Docs.text(link, "refund")))
                .mapToLong(link -> Docs.numberOf(link, "amount_refunded"))
                .sum();
    }

    private long refunded(ObjectNode invoice) {
        return charges(invoice).stream()
                .flatMap(charge -> payment.charging().refunds().of(charge).stream())
                .filter(refund -> !UNDONE.contains(Docs.textOf(refund, "status")))
                .mapToLong(refund -> Docs.numberOf(refund, "amount"))
                .sum();
    }

    private @Nullable String refundable(ObjectNode invoice, long amount) {
        return charges(invoice).stream()
                .filter(charge -> Refunds.refundable(world.store().get("charge", charge)) >= amount)
                .findFirst()
                .orElse(null);
    }

    private List<String> charges(ObjectNode invoice) {
        return collection.paymentsOf(Docs.textOf(invoice, "id")).stream()
                .filter(paid -> "paid".equals(Docs.text(paid, "status")))
                .map(paid -> Docs.text(Docs.child(paid, "payment"), "payment_intent"))
                .filter(intent -> intent != null)
                .map(intent ->
                        payment.charging().charges().ofIntent(world.store().get("payment_intent", intent)))
                .filter(charge -> charge != null)
                .map(charge -> Docs.textOf(charge, "id"))
                .toList();
    }

    private static long amount(Params params, String name) {
        long amount = params.number(name, 0);
        if (amount < 0 || amount > CreditLines.MOST_MINOR) {
            throw ApiError.invalid(
                    "parameter_invalid_integer", name, "This value must not be below zero, nor that large.");
        }
        return amount;
    }
}
