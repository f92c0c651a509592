package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.dashboard.view.MoneyRows;
import dev.billhook.simulator.page.dashboard.view.Table;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.TimeText;
import java.util.List;
import java.util.stream.Stream;

/** An invoice with its lines and every attempt to pay it. */
final class InvoiceDetails implements Details {
    private final Sources sources;

    InvoiceDetails(Sources sources) {
        this.sources = sources;
    }

    @Override
    public String title(ObjectNode doc) {
        String number = Docs.text(doc, "number");
        return number == null ? "Draft invoice" : "Invoice " + number;
    }

    @Override
    public void fill(ObjectNode doc, Sheet sheet) {
        String id = Docs.textOf(doc, "id");
        sheet.fact("Status", Cell.tag(StatusText.ofInvoice(doc)));
        sheet.fact("Customer", sources.rows().customer(Docs.text(doc, "customer")));
        sheet.reference("Subscription", "subscription", Invoices.subscriptionOf(doc));
        sheet.fact("Why", String.valueOf(Docs.text(doc, "billing_reason")).replace('_', ' '));
        amounts(doc, sheet);
        sheet.fact("Attempts", String.valueOf(Docs.numberOf(doc, "attempt_count")));
        sheet.time("Next attempt", Docs.number(doc, "next_payment_attempt"));
        sheet.time("Due", Docs.number(doc, "due_date"));
        sheet.time("Paid", Docs.number(Docs.child(doc, "status_transitions"), "paid_at"));
        sheet.link("Open the hosted invoice", Docs.text(doc, "hosted_invoice_url"));
        sheet.link("Download PDF", Docs.text(doc, "invoice_pdf"));
        sheet.table(lines(doc));
        sheet.table(sources.money().attempts(attempts(id)));
        sheet.tableIfAny(sources.money().creditNotes(sources.related("credit_note", "invoice", id)));
        sheet.tableIfAny(sources.money().balance(sources.related("customer_balance_transaction", "invoice", id)));
    }

    private static void amounts(ObjectNode doc, Sheet sheet) {
        sheet.fact("Subtotal", MoneyRows.amount(doc, "subtotal"));
        String currency = Docs.textOf(doc, "currency");
        addUnlessZero(sheet, "Discount", -Docs.sum(Docs.objects(doc, "total_discount_amounts"), "amount"), currency);
        addUnlessZero(sheet, "Tax", Docs.sum(Docs.objects(doc, "total_taxes"), "amount"), currency);
        sheet.fact("Total", MoneyRows.amount(doc, "total"));
        sheet.fact("Due in all", MoneyRows.amount(doc, "amount_due"));
        sheet.fact("Remaining", MoneyRows.amount(doc, "amount_remaining"));
    }

    private static void addUnlessZero(Sheet sheet, String name, long amount, String currency) {
        if (amount != 0) {
            sheet.fact(name, AmountText.of(amount, currency));
        }
    }

    private Stream<ObjectNode> attempts(String id) {
        return sources.related("invoice_payment", "invoice", id)
                .map(payment -> Docs.text(Docs.child(payment, "payment"), "payment_intent"))
                .filter(intent -> intent != null)
                .flatMap(intent -> sources.related("charge", "payment_intent", String.valueOf(intent)));
    }

    private static Table lines(ObjectNode doc) {
        String currency = Docs.textOf(doc, "currency");
        return Table.of(
                "Lines",
                "Description,Period,Quantity#,Amount#",
                Docs.objects(doc, "lines").stream()
                        .map(line -> List.of(
                                Cell.of(Docs.text(line, "description")),
                                Cell.of(period(Docs.child(line, "period"))),
                                Cell.number(line.path("quantity").asText("–").replace("null", "–")),
                                Cell.number(AmountText.of(Docs.numberOf(line, "amount"), currency))))
                        .toList(),
                "This invoice has no lines.");
    }

    private static String period(ObjectNode period) {
        long start = Docs.numberOf(period, "start");
        long end = Docs.numberOf(period, "end");
        return end > start ? TimeText.day(start) + " – " + TimeText.day(end) : TimeText.day(start);
    }
}
