package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.credit.CreditNote;
import dev.billhook.credit.Refund;
import dev.billhook.money.MinorUnits;
import dev.billhook.money.Money;
import dev.billhook.stripe.internal.read.Json;
import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads credit notes and refunds. */
final class CreditDocument {
    private CreditDocument() {}

    /**
     * A note that was issued.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    static CreditNote issued(JsonNode note, List<JsonNode> lines) {
        return read(note, lines, repaid(note), Json.requireText(note, "id"));
    }

    /** A note that was not issued; it tells no refunds yet, so where the money would go is what was asked for. */
    static CreditNote preview(JsonNode note, List<JsonNode> lines, CreditNote.Repaid asked) {
        return read(note, lines, asked, null);
    }

    /** A refund of one payment. */
    static Refund.Part refund(JsonNode refund) {
        return new Refund.Part(
                Json.requireText(refund, "id"),
                amount(refund, "amount"),
                switch (Objects.requireNonNullElse(Json.text(refund, "status"), "pending")) {
                    case "succeeded" -> Refund.Status.SUCCEEDED;
                    case "failed" -> Refund.Status.FAILED;
                    case "canceled" -> Refund.Status.CANCELED;
                    default -> Refund.Status.PENDING;
                },
                Json.requireInstant(refund, "created"));
    }

    private static CreditNote read(JsonNode note, List<JsonNode> lines, CreditNote.Repaid repaid, @Nullable String id) {
        String invoice = Json.id(note, "invoice");
        if (invoice == null) {
            throw Json.malformed(note, "invoice");
        }
        Currency currency = currency(note);
        String pdf = Json.text(note, "pdf");
        return new CreditNote(
                id,
                id == null ? null : Json.text(note, "number"),
                invoice,
                "void".equals(Json.text(note, "status")),
                lines.stream().map(line -> line(line, currency)).toList(),
                new CreditNote.Totals(
                        amount(note, "subtotal"),
                        amount(note, "discount_amount"),
                        Amounts.sum(note.path("total_taxes"), currency),
                        Amounts.included(note.path("total_taxes"), currency),
                        amount(note, "total"),
                        amount(note, "pre_payment_amount"),
                        amount(note, "post_payment_amount")),
                repaid,
                id == null || pdf == null ? null : URI.create(pdf),
                Json.requireInstant(note, "created"));
    }

    /** What neither went back by refunds nor outside of Stripe is on the balance. */
    private static CreditNote.Repaid repaid(JsonNode note) {
        long refunded = 0;
        for (JsonNode refund : note.path("refunds")) {
            refunded += Json.requireNumber(refund, "amount_refunded");
        }
        Long told = Json.number(note, "out_of_band_amount");
        long outside = told == null ? 0 : told;
        long balance = Json.requireNumber(note, "post_payment_amount") - refunded - outside;
        Currency currency = currency(note);
        return new CreditNote.Repaid(
                Money.of(refunded, currency), Money.of(balance, currency), Money.of(outside, currency));
    }

    private static CreditNote.Line line(JsonNode line, Currency currency) {
        return new CreditNote.Line(
                Json.text(line, "invoice_line_item"),
                Objects.requireNonNullElse(Json.text(line, "description"), ""),
                Money.of(Json.requireNumber(line, "amount"), currency),
                Money.of(Json.requireNumber(line, "discount_amount"), currency),
                Amounts.sum(line.path("taxes"), currency));
    }

    private static Money amount(JsonNode object, String field) {
        return Money.of(Json.requireNumber(object, field), currency(object));
    }

    private static Currency currency(JsonNode object) {
        return MinorUnits.currency(Json.requireText(object, "currency"));
    }
}
