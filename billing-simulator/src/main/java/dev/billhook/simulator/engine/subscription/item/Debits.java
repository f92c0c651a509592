package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.engine.invoice.item.InvoiceItems;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was debited once for the time of a subscription item, remembered at the item: with the flexible billing mode a credit gives
 * back a part of these amounts, whatever the item costs by now. Source: Stripe documentation, "Billing mode".
 */
final class Debits {
    private static final String FIELD = "_debits";

    private final World world;

    Debits(World world) {
        this.world = world;
    }

    /** A part of a debit that is given back, and what shows which debit that was. */
    record Credit(long amount, long from, long to, @Nullable ObjectNode credited) {}

    /** Remembers what a new invoice debits for the present periods of items, in place of earlier debits. */
    void billed(ObjectNode subscription, ObjectNode invoice) {
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            ObjectNode debit = Docs.object();
            long amount = 0;
            for (ObjectNode line : Docs.objects(invoice, "lines")) {
                ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
                long from = Docs.numberOf(Docs.child(line, "period"), "start");
                if (Docs.textOf(item, "id").equals(Docs.text(details, "subscription_item"))
                        && details.path("invoice_item").isNull()
                        && from == Docs.numberOf(item, "current_period_start")) {
                    amount += net(line);
                    debit.withArray("lines").add(Docs.textOf(line, "id"));
                    debit.put("from", from);
                    debit.put("to", Docs.numberOf(Docs.child(line, "period"), "end"));
                }
            }
            if (!debit.isEmpty()) {
                debit.put("invoice", Docs.textOf(invoice, "id"));
                item.putArray(FIELD);
                add(item, debit, amount);
            }
        }
    }

    /** Remembers an invoice item that debits a time of an item. */
    void charged(ObjectNode item, ObjectNode record) {
        ObjectNode period = Docs.child(record, "period");
        ObjectNode debit = Docs.object();
        debit.put("invoice_item", Docs.textOf(record, "id"));
        debit.put("from", Docs.numberOf(period, "start"));
        debit.put("to", Docs.numberOf(period, "end"));
        add(item, debit, Docs.numberOf(record, "amount"));
    }

    /** What of the debits falls on a time and has not been given back. */
    List<Credit> within(ObjectNode item, long from, long to) {
        List<Credit> credits = new ArrayList<>();
        for (ObjectNode debit : Docs.objects(item, FIELD)) {
            long begin = Math.max(from, Docs.numberOf(debit, "from"));
            long end = Math.min(to, Docs.numberOf(debit, "until"));
            if (begin < end) {
                long whole = Docs.numberOf(debit, "to") - Docs.numberOf(debit, "from");
                long amount = Prorations.share(Docs.numberOf(debit, "amount"), end - begin, whole);
                credits.add(new Credit(amount, begin, end, credited(debit)));
            }
        }
        return credits;
    }

    /** Forgets what was given back: everything debited for the time from this second on. */
    static void givenBack(ObjectNode item, long from) {
        ArrayNode left = Docs.array();
        for (ObjectNode debit : Docs.objects(item, FIELD)) {
            if (Docs.numberOf(debit, "from") < from) {
                debit.put("until", Math.min(from, Docs.numberOf(debit, "until")));
                left.add(debit);
            }
        }
        item.set(FIELD, left);
    }

    private static void add(ObjectNode item, ObjectNode debit, long amount) {
        debit.put("amount", amount);
        debit.put("until", Docs.numberOf(debit, "to"));
        item.withArray(FIELD).add(debit);
    }

    private ObjectNode credited(ObjectNode debit) {
        ObjectNode credited = Docs.object();
        String id = Docs.text(debit, "invoice_item");
        ObjectNode record = id == null ? null : world.store().find(InvoiceItems.TYPE, id);
        String invoice = record == null ? Docs.text(debit, "invoice") : Docs.text(record, "invoice");
        if (invoice == null) {
            credited.put("invoice_item", id);
            credited.put("type", "invoice_item");
            return credited;
        }
        ObjectNode details = credited.putObject("invoice_line_item_details");
        details.put("invoice", invoice);
        details.set("invoice_line_items", id == null ? debit.withArray("lines").deepCopy() : linesOf(invoice, id));
        credited.put("type", "invoice_line_items");
        return credited;
    }

    private ArrayNode linesOf(String invoiceId, String invoiceItem) {
        ArrayNode ids = Docs.array();
        ObjectNode invoice = world.store().get(Invoices.TYPE, invoiceId);
        for (ObjectNode line : Docs.objects(invoice, "lines")) {
            ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
            if (invoiceItem.equals(Docs.text(details, "invoice_item"))) {
                ids.add(Docs.textOf(line, "id"));
            }
        }
        return ids;
    }

    private static long net(ObjectNode line) {
        return Docs.numberOf(line, "amount") - Docs.sum(Docs.objects(line, "discount_amounts"), "amount");
    }
}
