package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.catalog.PlanKey;
import dev.billhook.invoice.AppliedDiscount;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.invoice.InvoiceTotals;
import dev.billhook.money.MinorUnits;
import dev.billhook.money.Money;
import dev.billhook.stripe.internal.read.Json;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what an invoice charges: lines, discounts and sums. */
public final class InvoiceContents {
    private InvoiceContents() {}

    /**
     * A line.
     *
     * @param plan the plan of its price, or null
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    public static InvoiceLine line(JsonNode line, @Nullable PlanKey plan) {
        Currency currency = MinorUnits.currency(Json.requireText(line, "currency"));
        Long units = Json.number(line, "quantity");
        JsonNode period = line.path("period");
        return new InvoiceLine(
                Json.requireText(line, "id"),
                Objects.requireNonNullElse(Json.text(line, "description"), ""),
                plan,
                units == null ? 0 : units,
                Money.of(Json.requireNumber(line, "amount"), currency),
                Amounts.sum(line.path("discount_amounts"), currency),
                Amounts.sum(line.path("taxes"), currency),
                Json.requireInstant(period, "start"),
                Json.requireInstant(period, "end"),
                proration(line));
    }

    /** Stripe's id of the price a line charges, or null if it has none. */
    public static @Nullable String price(JsonNode line) {
        return Json.id(line.path("pricing").path("price_details"), "price");
    }

    /** What discounts take off the invoice; their coupons are told if the discounts are told in full. */
    public static List<AppliedDiscount> discounts(JsonNode invoice) {
        Currency currency = MinorUnits.currency(Json.requireText(invoice, "currency"));
        List<AppliedDiscount> discounts = new ArrayList<>();
        for (JsonNode applied : invoice.path("total_discount_amounts")) {
            String id = Json.id(applied, "discount");
            discounts.add(new AppliedDiscount(
                    id == null ? "" : id,
                    Json.id(applied.path("discount").path("source"), "coupon"),
                    Money.of(Json.requireNumber(applied, "amount"), currency)));
        }
        return discounts;
    }

    /** The sums. */
    public static InvoiceTotals totals(JsonNode invoice) {
        Currency currency = MinorUnits.currency(Json.requireText(invoice, "currency"));
        Money total = Money.of(Json.requireNumber(invoice, "total"), currency);
        Money due = Money.of(Json.requireNumber(invoice, "amount_due"), currency);
        return new InvoiceTotals(
                Money.of(Json.requireNumber(invoice, "subtotal"), currency),
                Amounts.sum(invoice.path("total_discount_amounts"), currency),
                Amounts.sum(invoice.path("total_taxes"), currency),
                Amounts.included(invoice.path("total_taxes"), currency),
                total,
                total.minus(due),
                due);
    }

    private static boolean proration(JsonNode line) {
        JsonNode parent = line.path("parent");
        return Json.flag(parent.path("subscription_item_details"), "proration")
                || Json.flag(parent.path("invoice_item_details"), "proration");
    }
}
