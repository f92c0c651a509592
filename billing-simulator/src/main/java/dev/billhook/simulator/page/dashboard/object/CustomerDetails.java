package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.view.Action;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.dashboard.view.MoneyRows;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.dashboard.view.Rows;
import dev.billhook.simulator.page.text.AddressText;
import dev.billhook.simulator.page.text.StatusText;
import java.util.stream.Collectors;

/** A customer with everything that belongs to it. */
final class CustomerDetails implements Details {
    private final Sources sources;

    CustomerDetails(Sources sources) {
        this.sources = sources;
    }

    @Override
    public String title(ObjectNode doc) {
        return Rows.nameOf(doc);
    }

    @Override
    public void fill(ObjectNode doc, Sheet sheet) {
        String id = Docs.textOf(doc, "id");
        String currency = Docs.text(doc, "currency");
        long balance = Docs.numberOf(doc, "balance");
        sheet.fact("E-mail", Cell.of(Docs.text(doc, "email")));
        sheet.fact("Phone", Docs.text(doc, "phone"));
        sheet.fact("Address", AddressText.of(Docs.child(doc, "address")));
        sheet.fact("Balance", Cell.of(AmountText.of(balance, currency == null ? "usd" : currency)));
        if (Docs.flag(doc, "delinquent")) {
            sheet.fact("Payments", Cell.tag(new StatusText("Delinquent", "bad")));
        }
        sheet.fact(
                "Tax ids",
                sources.related("tax_id", "customer", id)
                        .map(taxId -> Docs.text(taxId, "type") + " " + Docs.text(taxId, "value"))
                        .collect(Collectors.joining(", ")));
        sheet.fact(
                "Entitlements",
                sources.related("entitlements.active_entitlement", "customer", id)
                        .map(entitlement -> String.valueOf(Docs.text(entitlement, "lookup_key")))
                        .collect(Collectors.joining(", ")));
        sheet.fact("Test clock", Docs.text(doc, "test_clock"));
        sheet.action(Action.of(Places.object("customers", id) + "/portal", "Open the portal as this customer"));
        tables(id, sheet);
    }

    private void tables(String id, Sheet sheet) {
        Rows rows = sources.rows();
        MoneyRows money = sources.money();
        sheet.table(rows.subscriptions(sources.related("subscription", "customer", id)));
        sheet.table(rows.invoices(sources.related("invoice", "customer", id)));
        sheet.table(money.charges(sources.related("charge", "customer", id)));
        sheet.table(rows.methods(sources.related("payment_method", "customer", id)));
        sheet.tableIfAny(money.creditNotes(sources.related("credit_note", "customer", id)));
        sheet.tableIfAny(money.balance(sources.related("customer_balance_transaction", "customer", id)));
        sheet.tableIfAny(rows.sessions(sources.related("checkout.session", "customer", id)));
    }
}
