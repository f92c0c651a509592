package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoiceStatus;
import dev.billhook.invoice.InvoiceTotals;
import dev.billhook.money.MinorUnits;
import dev.billhook.money.Money;
import dev.billhook.stripe.internal.read.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads invoices that were made. */
final class InvoiceDocument {
    private InvoiceDocument() {}

    /**
     * The invoice, without its receipt.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    static Invoice read(JsonNode invoice, List<InvoiceLine> lines) {
        Money before = amount(invoice, "pre_payment_credit_notes_amount");
        Invoice.Settlement settlement = new Invoice.Settlement(
                amount(invoice, "amount_paid"),
                amount(invoice, "amount_remaining"),
                before,
                amount(invoice, "post_payment_credit_notes_amount"),
                paidOutside(invoice));
        JsonNode transitions = invoice.path("status_transitions");
        return new Invoice(
                Json.requireText(invoice, "id"),
                Json.text(invoice, "number"),
                status(invoice),
                subscription(invoice),
                lines,
                InvoiceContents.discounts(invoice),
                totals(InvoiceContents.totals(invoice), before),
                settlement,
                new Invoice.Dates(
                        Json.requireInstant(invoice, "created"),
                        Json.instant(transitions, "finalized_at"),
                        Json.instant(invoice, "due_date"),
                        Json.instant(invoice, "next_payment_attempt"),
                        Json.instant(transitions, "paid_at")),
                new Invoice.Links(link(invoice, "hosted_invoice_url"), link(invoice, "invoice_pdf"), null));
    }

    /** Ids of the payments Stripe took for it, newest first; a payment is named by its intent or by its charge. */
    static List<String> payments(JsonNode invoice) {
        List<String> ids = new ArrayList<>();
        for (JsonNode paid : invoice.path("payments").path("data")) {
            String id = payment(paid);
            if (id != null && "paid".equals(Json.text(paid, "status"))) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The intent or else the charge of a payment of an invoice; null if Stripe did not take it. */
    static @Nullable String payment(JsonNode paid) {
        JsonNode payment = paid.path("payment");
        String intent = Json.id(payment, "payment_intent");
        return intent == null ? Json.id(payment, "charge") : intent;
    }

    static InvoiceStatus status(JsonNode invoice) {
        String status = Json.requireText(invoice, "status");
        try {
            return InvoiceStatus.valueOf(status.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Json.malformed(invoice, "status");
        }
    }

    /** Credit notes lower what Stripe calls due; what was due before they did is the sums' own. */
    private static InvoiceTotals totals(InvoiceTotals told, Money before) {
        return new InvoiceTotals(
                told.subtotal(),
                told.discount(),
                told.tax(),
                told.taxIncluded(),
                told.total(),
                told.credit().minus(before),
                told.due().plus(before));
    }

    private static boolean paidOutside(JsonNode invoice) {
        Long outside = Json.number(invoice, "amount_paid_off_stripe");
        return outside != null && outside > 0;
    }

    private static Money amount(JsonNode invoice, String field) {
        Currency currency = MinorUnits.currency(Json.requireText(invoice, "currency"));
        return Money.of(Json.requireNumber(invoice, field), currency);
    }

    private static @Nullable String subscription(JsonNode invoice) {
        return Json.id(invoice.path("parent").path("subscription_details"), "subscription");
    }

    private static @Nullable URI link(JsonNode object, String field) {
        String link = Json.text(object, field);
        return link == null ? null : URI.create(link);
    }
}
