package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.mirror.InvoiceNotice;
import dev.billhook.money.Money;
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
    public static Optional<InvoiceNotice> read(InvoiceNotice.Kind kind, JsonNode invoice) {
        String customer = Json.id(invoice, "customer");
        if (customer == null) {
            return Optional.empty();
        }
        String amount = kind == InvoiceNotice.Kind.PAID ? "amount_paid" : "amount_due";
        Long attempts = Json.number(invoice, "attempt_count");
        return Optional.of(new InvoiceNotice(
                kind,
                Json.requireText(invoice, "id"),
                customer,
                subscription(invoice),
                Money.of(Json.requireNumber(invoice, amount), Json.requireText(invoice, "currency")),
                attempts == null ? 0 : attempts,
                Json.instant(invoice, "next_payment_attempt")));
    }

    private static @Nullable String subscription(JsonNode invoice) {
        JsonNode parent = Json.node(invoice, "parent");
        JsonNode details = parent == null ? null : Json.node(parent, "subscription_details");
        return details == null ? Json.id(invoice, "subscription") : Json.id(details, "subscription");
    }
}
