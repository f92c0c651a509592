package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.charge.Refunds;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.view.Action;
import dev.billhook.simulator.page.dashboard.view.Action.Field;
import dev.billhook.simulator.page.dashboard.view.Action.Option;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.dashboard.view.MoneyRows;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.text.CardText;
import dev.billhook.simulator.page.text.StatusText;
import java.util.List;
import java.util.stream.Stream;

/** A payment, with buttons to give it back and to dispute it. */
final class ChargeDetails implements Details {
    private static final List<Option> REASONS = Stream.of(
                    "fraudulent",
                    "product_not_received",
                    "product_unacceptable",
                    "subscription_canceled",
                    "duplicate",
                    "credit_not_processed",
                    "unrecognized",
                    "general")
            .map(Option::named)
            .toList();

    private final Sources sources;

    ChargeDetails(Sources sources) {
        this.sources = sources;
    }

    @Override
    public String title(ObjectNode doc) {
        return "Payment of " + MoneyRows.amount(doc, "amount");
    }

    @Override
    public void fill(ObjectNode doc, Sheet sheet) {
        String id = Docs.textOf(doc, "id");
        sheet.fact("Status", Cell.tag(StatusText.ofCharge(doc)));
        sheet.fact("Customer", sources.rows().customer(Docs.text(doc, "customer")));
        sheet.fact("Card", CardText.of(Docs.child(doc, "payment_method_details")));
        sheet.fact("Amount", MoneyRows.amount(doc, "amount"));
        sheet.fact("Refunded", MoneyRows.amount(doc, "amount_refunded"));
        sheet.fact("Why it failed", Docs.text(doc, "failure_message"));
        String intent = Docs.text(doc, "payment_intent");
        sheet.reference("Payment intent", "payment_intent", intent);
        if (intent != null) {
            sources.related("invoice_payment", "payment_intent", intent)
                    .findFirst()
                    .ifPresent(paid -> sheet.reference("Invoice", "invoice", Docs.text(paid, "invoice")));
        }
        sheet.link("Open the receipt", Docs.text(doc, "receipt_url"));
        long rest = Refunds.refundable(doc);
        if (Docs.flag(doc, "captured") && rest > 0) {
            String all = AmountText.of(rest, Docs.textOf(doc, "currency"));
            String here = Places.object("payments", id);
            sheet.action(Action.of(here + "/refund", "Refund")
                    .with(Field.text("amount", "Amount", "", "Empty for all of " + all + ".")));
            sheet.action(Action.of(here + "/dispute", "Raise a dispute")
                    .with(Field.choice("reason", "Reason of the cardholder", "fraudulent", REASONS)));
        }
        sheet.tableIfAny(sources.money().refunds(sources.related("refund", "charge", id)));
        sheet.tableIfAny(sources.money().disputes(sources.related("dispute", "charge", id)));
    }
}
