package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.charge.DisputeDocs;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.view.Action;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.dashboard.view.MoneyRows;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.text.StatusText;

/** A dispute, with buttons by which the bank decides it. */
final class DisputeDetails implements Details {
    @Override
    public String title(ObjectNode doc) {
        return "Dispute of " + MoneyRows.amount(doc, "amount");
    }

    @Override
    public void fill(ObjectNode doc, Sheet sheet) {
        sheet.fact("Status", Cell.tag(StatusText.named(Docs.textOf(doc, "status"))));
        sheet.fact("Reason", Docs.textOf(doc, "reason").replace('_', ' '));
        sheet.reference("Payment", "charge", Docs.text(doc, "charge"));
        sheet.time("Respond by", Docs.number(Docs.child(doc, "evidence_details"), "due_by"));
        if (!DisputeDocs.isClosed(doc)) {
            String here = Places.object("payments", Docs.textOf(doc, "id"));
            sheet.action(Action.of(here + "/win", "The bank decides for the business"));
            sheet.action(Action.of(here + "/lose", "The bank decides for the cardholder")
                    .dangerous());
        }
    }
}
