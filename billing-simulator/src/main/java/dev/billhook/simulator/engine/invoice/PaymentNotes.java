package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;

/** Notes which intents are to pay, or have paid, an invoice or a part of it. */
final class PaymentNotes {
    private static final ObjectNode PAYMENT_SHAPE = Docs.shape("""
        {"id":"","object":"invoice_payment","amount_paid":null,"amount_requested":0,"created":0,"currency":"",
         "invoice":"","is_default":true,"livemode":false,"payment":{"payment_intent":"","type":"payment_intent"},
         "status":"open","status_transitions":{"canceled_at":null,"paid_at":null}}\
        """);

    private final World world;

    PaymentNotes(World world) {
        this.world = world;
    }

    /** Notes that the intent is to pay the invoice, or a part of it. */
    ObjectNode ask(ObjectNode invoice, ObjectNode intent, boolean asked) {
        ObjectNode payment = world.create(PAYMENT_SHAPE, world.ids().next("inpay"), Docs.text(invoice, "test_clock"));
        payment.put("amount_requested", Docs.numberOf(intent, "amount"));
        payment.put("currency", Docs.textOf(invoice, "currency"));
        payment.put("invoice", Docs.textOf(invoice, "id"));
        payment.put("is_default", asked);
        Docs.child(payment, "payment").put("payment_intent", Docs.textOf(intent, "id"));
        world.store().insert(payment);
        return payment;
    }

    /** Notes that the intent paid what it was to pay of the invoice. */
    void paid(ObjectNode invoice, ObjectNode intent, ObjectNode found) {
        ObjectNode payment = world.store().edit("invoice_payment", Docs.textOf(found, "id"));
        payment.put("status", "paid");
        payment.put("amount_paid", Docs.numberOf(intent, "amount"));
        Docs.child(payment, "status_transitions").put("paid_at", world.now(Docs.text(invoice, "test_clock")));
        world.events().emit("invoice_payment.paid", payment);
    }
}
