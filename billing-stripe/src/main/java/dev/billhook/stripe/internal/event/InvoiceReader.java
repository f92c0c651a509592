package dev.billhook.stripe.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.mirror.Notice;
import dev.billhook.money.Money;
import dev.billhook.stripe.internal.read.Json;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads invoices. Until API version 2025-03-31 the subscription stood on the invoice itself, since then it stands below
 * {@code parent}.
 */
public final class InvoiceReader {
    private InvoiceReader() {}

    /**
     * The notice, or empty if the invoice belongs to no customer.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    public static Optional<Notice> read(Notice.InvoiceKind kind, JsonNode invoice) {
        String customer = Json.id(invoice, "customer");
        if (customer == null) {
            return Optional.empty();
        }
        String amount = kind == Notice.InvoiceKind.PAID ? "amount_paid" : "amount_due";
        Long attempts = Json.number(invoice, "attempt_count");
        String page = Json.text(invoice, "hosted_invoice_url");
        return Optional.of(new Notice.Invoice(
                kind,
                Json.requireText(invoice, "id"),
                customer,
                subscription(invoice),
                Money.of(Json.requireNumber(invoice, amount), Json.requireText(invoice, "currency")),
                attempts == null ? 0 : attempts,
                Json.instant(invoice, "next_payment_attempt"),
                page == null ? null : URI.create(page)));
    }

    /** The reminder of a renewal to come, or empty if the invoice is of no subscription. */
    public static Optional<Notice> readUpcoming(JsonNode invoice) {
        String customer = Json.id(invoice, "customer");
        String subscription = subscription(invoice);
        return customer == null || subscription == null
                ? Optional.empty()
                : Optional.of(new Notice.Reminder(customer, subscription));
    }

    private static @Nullable String subscription(JsonNode invoice) {
        JsonNode parent = Json.node(invoice, "parent");
        JsonNode details = parent == null ? null : Json.node(parent, "subscription_details");
        return details == null ? Json.id(invoice, "subscription") : Json.id(details, "subscription");
    }
}
