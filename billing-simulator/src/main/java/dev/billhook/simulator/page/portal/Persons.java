package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.portal.Overview.Detail;
import dev.billhook.simulator.page.portal.Overview.Person;
import dev.billhook.simulator.page.portal.Overview.TaxIdRow;
import dev.billhook.simulator.page.text.AddressText;
import dev.billhook.simulator.page.text.StatusText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words who is billed. */
final class Persons {
    private Persons() {}

    static Person of(Visit visit) {
        ObjectNode customer = visit.view().customer();
        List<Detail> details = new ArrayList<>();
        add(details, "Name", Docs.text(customer, "name"));
        add(details, "E-mail", Docs.text(customer, "email"));
        add(details, "Phone", Docs.text(customer, "phone"));
        add(details, "Address", AddressText.of(Docs.child(customer, "address")));
        ObjectNode shipping = Docs.child(customer, "shipping");
        add(details, "Shipping to", AddressText.of(Docs.child(shipping, "address")));
        boolean editable = CustomerForm.FIELDS.keySet().stream().anyMatch(visit::allows);
        boolean taxed = visit.allows("tax_id");
        return new Person(
                details,
                editable ? visit.at("/customer") : null,
                visit.view().taxIds().stream()
                        .map(taxId -> taxId(visit, taxId, taxed))
                        .toList(),
                taxed ? visit.at("/tax-ids") : null);
    }

    private static TaxIdRow taxId(Visit visit, ObjectNode taxId, boolean removable) {
        String status = Docs.text(Docs.child(taxId, "verification"), "status");
        StatusText worded = StatusText.named(status == null || "unavailable".equals(status) ? "" : status);
        return new TaxIdRow(
                Docs.textOf(taxId, "value") + " (" + Docs.textOf(taxId, "type").replace('_', ' ') + ")",
                worded.label(),
                worded.tone(),
                removable ? visit.at("/tax-ids/" + Docs.textOf(taxId, "id") + "/remove") : "");
    }

    private static void add(List<Detail> details, String label, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            details.add(new Detail(label, value));
        }
    }
}
