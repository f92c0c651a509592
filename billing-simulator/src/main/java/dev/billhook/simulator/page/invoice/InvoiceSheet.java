package dev.billhook.simulator.page.invoice;

import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.page.pdf.PdfRenderer;
import dev.billhook.simulator.page.pdf.PdfSheet;
import dev.billhook.simulator.page.pdf.PdfSheet.Entry;
import dev.billhook.simulator.page.pdf.PdfSheet.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The invoice as a document to print; it says what the page says. */
final class InvoiceSheet {
    private InvoiceSheet() {}

    static PdfSheet of(InvoiceView view) {
        List<Entry> facts = new ArrayList<>();
        facts.add(new Entry("Number", view.number()));
        facts.add(new Entry("Status", view.status().label()));
        view.dates().forEach(date -> facts.add(new Entry(date.label(), date.amount())));
        List<Entry> sums = new ArrayList<>();
        view.sums().forEach(sum -> sums.add(new Entry(sum.label(), sum.amount())));
        sums.add(new Entry(view.totalLabel(), view.total()));
        InvoiceView.Recipient recipient = view.recipient();
        return new PdfSheet(
                view.business(),
                "Invoice",
                facts,
                Stream.of(recipient.name(), recipient.address(), recipient.taxIds())
                        .filter(line -> !line.isEmpty())
                        .toList(),
                view.opening(),
                view.lines().stream()
                        .map(line -> new Line(line.description(), line.period(), line.quantity(), line.amount()))
                        .toList(),
                sums,
                view.closing());
    }

    /** The answer that a browser saves under the document's number. */
    static PageResponse download(PdfSheet sheet) {
        String name = (sheet.title() + "-" + sheet.facts().get(0).value()).replaceAll("[^A-Za-z0-9-]", "");
        return PageResponse.of(200, "application/pdf", PdfRenderer.render(sheet))
                .with("Content-Disposition", "attachment; filename=\"" + name + ".pdf\"");
    }
}
