package dev.billhook.simulator.page.quote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.pdf.PdfRenderer;
import dev.billhook.simulator.page.pdf.PdfSheet;
import dev.billhook.simulator.page.pdf.PdfSheet.Entry;
import dev.billhook.simulator.page.pdf.PdfSheet.Line;
import dev.billhook.simulator.page.text.PriceText;
import dev.billhook.simulator.page.text.TimeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints quotes. */
public final class QuotePrinter {
    private final World world;
    private final String business;

    public QuotePrinter(World world, String business) {
        this.world = world;
        this.business = business;
    }

    /** The PDF of a finalized quote. */
    public byte[] print(ObjectNode quote) {
        return PdfRenderer.render(new PdfSheet(
                business,
                "Quote",
                facts(quote),
                recipient(quote),
                joined(Docs.text(quote, "header"), Docs.text(quote, "description")),
                Docs.objects(quote, "_line_items").stream()
                        .map(line -> line(quote, line))
                        .toList(),
                sums(quote),
                joined(recurring(quote), Docs.text(quote, "footer"))));
    }

    private static List<Entry> facts(ObjectNode quote) {
        List<Entry> facts = new ArrayList<>();
        facts.add(new Entry("Number", Docs.textOf(quote, "number")));
        Long since = Docs.number(Docs.child(quote, "status_transitions"), "finalized_at");
        if (since != null) {
            facts.add(new Entry("Date", TimeText.day(since)));
        }
        facts.add(new Entry("Valid until", TimeText.day(Docs.numberOf(quote, "expires_at"))));
        Long start = Docs.number(Docs.child(quote, "subscription_data"), "effective_date");
        if (start != null) {
            facts.add(new Entry("Begins", TimeText.day(start)));
        }
        return facts;
    }

    private List<String> recipient(ObjectNode quote) {
        String id = Docs.textOf(quote, "customer");
        ObjectNode customer = world.store().find("customer", id);
        List<String> lines = new ArrayList<>();
        for (String field : new String[] {"name", "email"}) {
            String text = customer == null ? null : Docs.text(customer, field);
            if (text != null) {
                lines.add(text);
            }
        }
        return lines.isEmpty() ? List.of(id) : lines;
    }

    private Line line(ObjectNode quote, ObjectNode line) {
        String currency = Docs.textOf(quote, "currency");
        ObjectNode price = world.store().get("price", Docs.textOf(line, "price"));
        Long quantity = Docs.number(line, "quantity");
        String name = Docs.text(line, "description");
        return new Line(
                name == null ? "Item" : name,
                PriceText.of(price, currency),
                quantity == null ? "" : String.valueOf(quantity),
                AmountText.of(Docs.numberOf(line, "amount_subtotal"), currency));
    }

    private static List<Entry> sums(ObjectNode quote) {
        String currency = Docs.textOf(quote, "currency");
        ObjectNode upfront = Docs.child(Docs.child(quote, "computed"), "upfront");
        ObjectNode details = Docs.child(upfront, "total_details");
        List<Entry> sums = new ArrayList<>();
        sums.add(new Entry("Subtotal", AmountText.of(Docs.numberOf(upfront, "amount_subtotal"), currency)));
        long discount = Docs.numberOf(details, "amount_discount");
        if (discount != 0) {
            sums.add(new Entry("Discount", AmountText.of(-discount, currency)));
        }
        long tax = Docs.numberOf(details, "amount_tax");
        if (tax != 0) {
            sums.add(new Entry("Tax", AmountText.of(tax, currency)));
        }
        sums.add(new Entry("Total due first", AmountText.of(Docs.numberOf(upfront, "amount_total"), currency)));
        return sums;
    }

    private static @Nullable String recurring(ObjectNode quote) {
        ObjectNode recurring = Docs.child(Docs.child(quote, "computed"), "recurring");
        String interval = Docs.text(recurring, "interval");
        if (interval == null) {
            return null;
        }
        long count = Docs.numberOf(recurring, "interval_count");
        Long days = Docs.number(Docs.child(quote, "subscription_data"), "trial_period_days");
        return "Then " + AmountText.of(Docs.numberOf(recurring, "amount_total"), Docs.textOf(quote, "currency"))
                + (count <= 1 ? " per " + interval : " every " + count + " " + interval + "s")
                + (days == null ? "." : ", after a free trial of " + days + " days.");
    }

    private static String joined(@Nullable String first, @Nullable String second) {
        String above = first == null ? "" : first;
        String below = second == null ? "" : second;
        return above.isEmpty() || below.isEmpty() ? above + below : above + "\n\n" + below;
    }
}
