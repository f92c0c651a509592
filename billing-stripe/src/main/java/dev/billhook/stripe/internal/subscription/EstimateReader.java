package dev.billhook.stripe.internal.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.invoice.Estimate;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.stripe.internal.invoice.InvoiceContents;
import dev.billhook.stripe.internal.invoice.InvoiceLines;
import dev.billhook.stripe.internal.invoice.PlanOfPrice;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads previews of invoices. */
final class EstimateReader {
    private EstimateReader() {}

    /** A preview with what its lines only name. */
    record Preview(JsonNode invoice, List<Line> lines) {}

    /**
     * A line.
     *
     * @param step the interval of its price if it is of a period that follows the preview's time, else null
     */
    record Line(InvoiceLine line, @Nullable Period step) {
        /** The same for the period that begins then. */
        Line beginning(Instant start) {
            if (step == null) {
                return this;
            }
            return new Line(
                    new InvoiceLine(
                            line.id(),
                            line.description(),
                            line.plan(),
                            line.units(),
                            line.amount(),
                            line.discount(),
                            line.tax(),
                            start,
                            start.atOffset(ZoneOffset.UTC).plus(step).toInstant(),
                            false),
                    step);
        }
    }

    static Preview preview(StripeApi api, JsonNode invoice, PlanOfPrice plans) {
        Instant at = at(invoice);
        return new Preview(
                invoice,
                InvoiceLines.all(api, invoice).stream()
                        .map(line -> line(line, plans, at))
                        .toList());
    }

    private static Line line(JsonNode document, PlanOfPrice plans, Instant at) {
        InvoiceLine line = InvoiceContents.line(document, plans.of(document));
        JsonNode price = plans.priceOf(document);
        boolean follows = !line.proration() && line.periodEnd().isAfter(at);
        return new Line(line, follows && price != null ? step(price.path("recurring")) : null);
    }

    /** As Stripe tells it. */
    static Estimate read(Preview preview) {
        return estimate(preview, at(preview.invoice()), preview.lines());
    }

    /** The same for a period that begins then. */
    static Estimate after(Preview preview, Instant start) {
        return estimate(
                preview,
                start,
                preview.lines().stream().map(line -> line.beginning(start)).toList());
    }

    /** When the first of the periods ends that follow the preview's time. */
    static Instant end(Preview preview) {
        return preview.lines().stream()
                .filter(line -> line.step() != null)
                .map(line -> line.line().periodEnd())
                .min(Comparator.naturalOrder())
                .orElseGet(() -> at(preview.invoice()));
    }

    private static Estimate estimate(Preview preview, Instant at, List<Line> lines) {
        return new Estimate(
                at,
                lines.stream().map(Line::line).toList(),
                InvoiceContents.discounts(preview.invoice()),
                InvoiceContents.totals(preview.invoice()));
    }

    private static Instant at(JsonNode invoice) {
        return Json.requireInstant(invoice, "created");
    }

    private static @Nullable Period step(JsonNode recurring) {
        String interval = Json.text(recurring, "interval");
        Integer count = Json.integer(recurring, "interval_count");
        if (interval == null || count == null) {
            return null;
        }
        return switch (interval) {
            case "day" -> Period.ofDays(count);
            case "week" -> Period.ofWeeks(count);
            case "month" -> Period.ofMonths(count);
            case "year" -> Period.ofYears(count);
            default -> null;
        };
    }
}
