package dev.billhook.simulator.page.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.pdf.PdfRenderer;
import dev.billhook.simulator.page.pdf.PdfSheet;
import dev.billhook.simulator.page.pdf.PdfSheet.Entry;
import dev.billhook.simulator.page.pdf.PdfSheet.Line;
import java.util.ArrayList;
import java.util.List;

/** The invoice as a document to print; it says what the page says. */
final class InvoiceSheet {
    private InvoiceSheet() {}

    static PdfSheet of(InvoiceView view, ObjectNode invoice) {
        List<Entry> facts = new ArrayList<>();
        facts.add(new Entry("Number", view.number()));
        addUnlessEmpty(facts, "Status", view.status());
        addUnlessEmpty(facts, "Date", view.date());
        addUnlessEmpty(facts, "Due", view.due());
        addUnlessEmpty(facts, "Paid", view.paidOn());
        Docs.objects(invoice, "custom_fields")
                .forEach(field -> addUnlessEmpty(
                        facts, String.valueOf(Docs.text(field, "name")), String.valueOf(Docs.text(field, "value"))));
        List<Entry> sums = new ArrayList<>();
        view.sums().forEach(sum -> sums.add(new Entry(sum.label(), sum.amount())));
        sums.add(new Entry(view.totalLabel(), view.total()));
        return new PdfSheet(
                view.business(),
                "Invoice",
                facts,
                List.of(view.billedTo()),
                textOf(invoice, "description"),
                view.lines().stream()
                        .map(line -> new Line(line.description(), line.period(), line.quantity(), line.amount()))
                        .toList(),
                sums,
                textOf(invoice, "footer"));
    }

    /** The answer that a browser saves under the document's number. */
    static PageResponse download(PdfSheet sheet) {
        String name = (sheet.title() + "-" + sheet.facts().get(0).value()).replaceAll("[^A-Za-z0-9-]", "");
        return PageResponse.of(200, "application/pdf", PdfRenderer.render(sheet))
                .with("Content-Disposition", "attachment; filename=\"" + name + ".pdf\"");
    }

    private static void addUnlessEmpty(List<Entry> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(new Entry(label, value));
        }
    }

    private static String textOf(ObjectNode invoice, String field) {
        String text = Docs.text(invoice, field);
        return text == null ? "" : text;
    }
}
