package dev.billhook.simulator.page.dashboard.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.text.CardText;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.TimeText;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes tables of money that moved: payments, refunds, disputes, credit notes, the balance of a customer. */
public final class MoneyRows {
    private final Rows rows;

    public MoneyRows(Rows rows) {
        this.rows = rows;
    }

    /** Payments, also those that failed. */
    public Table charges(Stream<ObjectNode> docs) {
        return Table.of(
                "Payments",
                "Amount,Status,Card,Customer,Time",
                docs.map(charge -> List.of(
                                amountLink(charge),
                                Cell.tag(StatusText.ofCharge(charge)),
                                Cell.of(CardText.of(Docs.child(charge, "payment_method_details"))),
                                rows.customer(Docs.text(charge, "customer")),
                                Rows.created(charge)))
                        .toList(),
                "No payments yet.");
    }

    /** Attempts to pay one invoice, with the reason where one failed. */
    public Table attempts(Stream<ObjectNode> docs) {
        return Table.of(
                "Payments and attempts",
                "Amount,Status,Card,Reason,Time",
                docs.map(charge -> List.of(
                                amountLink(charge),
                                Cell.tag(StatusText.ofCharge(charge)),
                                Cell.of(CardText.of(Docs.child(charge, "payment_method_details"))),
                                Cell.of(Docs.text(charge, "failure_message")),
                                Rows.created(charge)))
                        .toList(),
                "Nobody has tried to pay it.");
    }

    /** Refunds. */
    public Table refunds(Stream<ObjectNode> docs) {
        return Table.of(
                "Refunds",
                "Amount,Status,Reason,Payment,Time",
                docs.map(refund -> List.of(
                                amountLink(refund),
                                named(refund),
                                Cell.of(worded(Docs.text(refund, "reason"))),
                                link("charge", refund),
                                Rows.created(refund)))
                        .toList(),
                "Nothing was refunded.");
    }

    /** Disputes. */
    public Table disputes(Stream<ObjectNode> docs) {
        return Table.of(
                "Disputes",
                "Amount,Status,Reason,Payment,Respond by",
                docs.map(dispute -> List.of(
                                amountLink(dispute),
                                named(dispute),
                                Cell.of(worded(Docs.text(dispute, "reason"))),
                                link("charge", dispute),
                                Cell.of(TimeText.day(
                                        Docs.numberOf(Docs.child(dispute, "evidence_details"), "due_by")))))
                        .toList(),
                "Nothing was disputed.");
    }

    /** Credit notes. */
    public Table creditNotes(Stream<ObjectNode> docs) {
        return Table.of(
                "Credit notes",
                "Number,Status,Invoice,Created,Total#",
                docs.map(note -> List.of(
                                Cell.link(
                                        String.valueOf(Docs.text(note, "number")),
                                        Places.object("invoices", Rows.id(note))),
                                named(note),
                                link("invoice", note),
                                Rows.created(note),
                                Cell.number(AmountText.of(Docs.numberOf(note, "total"), currency(note)))))
                        .toList(),
                "None.");
    }

    /** Movements of a customer's balance. */
    public Table balance(Stream<ObjectNode> docs) {
        return Table.of(
                "Balance",
                "Movement,Invoice,Time,Amount#,Balance after#",
                docs.map(movement -> List.of(
                                Cell.of(worded(Docs.text(movement, "type"))),
                                link("invoice", movement),
                                Rows.created(movement),
                                Cell.number(AmountText.of(Docs.numberOf(movement, "amount"), currency(movement))),
                                Cell.number(
                                        AmountText.of(Docs.numberOf(movement, "ending_balance"), currency(movement)))))
                        .toList(),
                "The balance was never touched.");
    }

    /** Named amounts. */
    public static String amount(ObjectNode doc, String field) {
        return AmountText.of(Docs.numberOf(doc, field), currency(doc));
    }

    private static Cell amountLink(ObjectNode doc) {
        return Cell.link(amount(doc, "amount"), Places.object("payments", Rows.id(doc)));
    }

    private static Cell named(ObjectNode doc) {
        return Cell.tag(StatusText.named(String.valueOf(Docs.text(doc, "status"))));
    }

    private static Cell link(String field, ObjectNode doc) {
        String id = Docs.text(doc, field);
        return id == null ? Cell.of(null) : Cell.code(Rows.shortened(id), Places.of(field, id));
    }

    private static String currency(ObjectNode doc) {
        return Docs.textOf(doc, "currency");
    }

    private static String worded(@Nullable String name) {
        return name == null ? "" : name.replace('_', ' ');
    }
}
