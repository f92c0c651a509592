package dev.billhook.simulator.page.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.pdf.PdfSheet;
import dev.billhook.simulator.page.pdf.PdfSheet.Entry;
import dev.billhook.simulator.page.pdf.PdfSheet.Line;
import dev.billhook.simulator.page.text.TimeText;
import java.util.ArrayList;
import java.util.List;

/** The credit note as a document to print. */
public final class CreditNotePage implements PageHandler {
    private final World world;

    public CreditNotePage(World world) {
        this.world = world;
    }

    @Override
    public PageResponse handle(PageRequest request) {
        String id = request.segment(1);
        return InvoiceSheet.download(world.simulation().atomically(RequestInfo.NONE, () -> {
            ObjectNode note = id == null ? null : world.store().find("credit_note", id);
            if (note == null) {
                throw new NoSuchPageException("There is no credit note at this address.");
            }
            return sheet(note, world.store().get("invoice", Docs.textOf(note, "invoice")));
        }));
    }

    private static PdfSheet sheet(ObjectNode note, ObjectNode invoice) {
        String memo = Docs.text(note, "memo");
        return new PdfSheet(
                String.valueOf(Docs.text(invoice, "account_name")),
                "Credit note",
                facts(note, invoice),
                List.of(InvoiceViews.billedTo(invoice)),
                "",
                Docs.objects(note, "lines").stream()
                        .map(line -> line(note, line))
                        .toList(),
                sums(note),
                memo == null ? "" : memo);
    }

    private static List<Entry> facts(ObjectNode note, ObjectNode invoice) {
        List<Entry> facts = new ArrayList<>();
        facts.add(new Entry("Number", Docs.textOf(note, "number")));
        facts.add(new Entry("Date", TimeText.day(Docs.numberOf(note, "created"))));
        facts.add(new Entry("Invoice", String.valueOf(Docs.text(invoice, "number"))));
        String reason = Docs.text(note, "reason");
        if (reason != null) {
            facts.add(new Entry("Reason", reason.replace('_', ' ')));
        }
        if ("void".equals(Docs.text(note, "status"))) {
            facts.add(new Entry("Status", "Void"));
        }
        return facts;
    }

    private static Line line(ObjectNode note, ObjectNode line) {
        String description = Docs.text(line, "description");
        Long quantity = Docs.number(line, "quantity");
        return new Line(
                description == null ? "Item" : description,
                "",
                quantity == null ? "" : String.valueOf(quantity),
                AmountText.of(Docs.numberOf(line, "amount"), Docs.textOf(note, "currency")));
    }

    private static List<Entry> sums(ObjectNode note) {
        String currency = Docs.textOf(note, "currency");
        List<Entry> sums = new ArrayList<>();
        sums.add(new Entry("Subtotal", AmountText.of(Docs.numberOf(note, "subtotal"), currency)));
        long discount = Docs.numberOf(note, "discount_amount");
        if (discount != 0) {
            sums.add(new Entry("Discount", AmountText.of(-discount, currency)));
        }
        long tax = Docs.sum(Docs.objects(note, "total_taxes"), "amount");
        if (tax != 0) {
            sums.add(new Entry("Tax", AmountText.of(tax, currency)));
        }
        sums.add(new Entry("Total credited", AmountText.of(Docs.numberOf(note, "total"), currency)));
        return sums;
    }
}
