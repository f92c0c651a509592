package dev.billhook.simulator.event.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What 2025-03-31.basil took apart: the invoice with its payment, lines with their price, origin and taxes. */
final class BasilSteps {
    private static final int DECIMALS = 12;

    private BasilSteps() {}

    /** A subscription with one item shows its plan and quantity itself. */
    static void singleItem(ObjectNode subscription, Scope scope) {
        List<ObjectNode> items = Docs.objects(subscription, "items");
        boolean single = items.size() == 1;
        subscription.set("plan", scope.shown("plan", single ? priceOf(items.get(0)) : null));
        Docs.put(subscription, "quantity", single ? Docs.number(items.get(0), "quantity") : null);
    }

    private static @Nullable String priceOf(ObjectNode item) {
        return item.get("price") instanceof ObjectNode price ? Docs.text(price, "id") : Docs.text(item, "price");
    }

    /** The only discount is shown whole. */
    static void singleDiscount(ObjectNode doc, Scope scope) {
        JsonNode discounts = doc.path("discounts");
        String only = discounts.size() == 1 ? discounts.get(0).textValue() : null;
        doc.set("discount", scope.shown("discount", only));
    }

    static void subscriptionDetails(ObjectNode invoice, Scope scope) {
        ObjectNode details = Docs.child(Docs.child(invoice, "parent"), "subscription_details");
        ObjectNode earlier = invoice.putObject("subscription_details");
        earlier.set(
                "metadata",
                details.path("metadata").isObject() ? details.get("metadata").deepCopy() : null);
        if (details.hasNonNull("subscription_proration_date")) {
            invoice.set("subscription_proration_date", details.get("subscription_proration_date"));
        }
    }

    /** How an invoice is paid: by one payment intent, or outside of Stripe. */
    static void payment(ObjectNode invoice, Scope scope) {
        String id = Docs.text(invoice, "id");
        List<ObjectNode> payments = id == null ? List.of() : scope.related().list("invoice_payment", "invoice", id);
        String intent = payments.stream()
                .filter(payment -> Docs.flag(payment, "is_default"))
                .findFirst()
                .map(payment -> Docs.text(Docs.child(payment, "payment"), "payment_intent"))
                .orElse(null);
        ObjectNode found = intent == null ? null : scope.related().find("payment_intent", intent);
        boolean paid = "paid".equals(Docs.text(invoice, "status"));
        invoice.put("payment_intent", intent);
        invoice.put("charge", found == null ? null : Docs.text(found, "latest_charge"));
        invoice.put("paid", paid);
        invoice.put("paid_out_of_band", paid && intent == null && Docs.numberOf(invoice, "amount_paid") > 0);
    }

    static void invoiceTaxes(ObjectNode invoice, Scope scope) {
        List<ObjectNode> taxes = Docs.objects(invoice, "total_taxes");
        Docs.put(invoice, "tax", taxes.isEmpty() ? null : Long.valueOf(sum(taxes)));
        taxesAs("total_taxes", "total_tax_amounts").undo(invoice, scope);
    }

    /** Taxes name their rate and say plainly whether the amount includes them. */
    static Step taxesAs(String from, String to) {
        return (doc, scope) -> {
            ArrayNode earlier = Docs.array();
            for (ObjectNode tax : Docs.objects(doc, from)) {
                ObjectNode amount = earlier.addObject();
                amount.set("amount", tax.get("amount"));
                amount.put("inclusive", isInclusive(tax));
                amount.put("tax_rate", Docs.text(Docs.child(tax, "tax_rate_details"), "tax_rate"));
                amount.set("taxability_reason", tax.get("taxability_reason"));
                amount.set("taxable_amount", tax.get("taxable_amount"));
            }
            doc.set(to, earlier);
            doc.remove(from);
        };
    }

    /** A line is of a subscription's item or of an invoice item, and says so itself. */
    static void lineParent(ObjectNode line, Scope scope) {
        ObjectNode parent = Docs.child(line, "parent");
        ObjectNode ofItem = Docs.child(parent, "subscription_item_details");
        ObjectNode details = ofItem.isEmpty() ? Docs.child(parent, "invoice_item_details") : ofItem;
        String invoiceItem = Docs.text(details, "invoice_item");
        line.put("type", invoiceItem == null ? "subscription" : "invoiceitem");
        if (invoiceItem != null) {
            line.put("invoice_item", invoiceItem);
        }
        line.put("subscription", Docs.text(details, "subscription"));
        if (details.hasNonNull("subscription_item")) {
            line.set("subscription_item", details.get("subscription_item"));
        }
        line.put("proration", Docs.flag(details, "proration"));
        line.set("proration_details", details.path("proration_details").deepCopy());
        line.remove("parent");
    }

    static void itemParent(ObjectNode item, Scope scope) {
        ObjectNode details = Docs.child(Docs.child(item, "parent"), "subscription_details");
        item.put("subscription", Docs.text(details, "subscription"));
        if (details.hasNonNull("subscription_item")) {
            item.set("subscription_item", details.get("subscription_item"));
        }
        item.remove("parent");
    }

    /** Price and plan are shown whole. */
    static void price(ObjectNode doc, Scope scope) {
        String price = Docs.text(Docs.child(Docs.child(doc, "pricing"), "price_details"), "price");
        doc.set("price", scope.shown("price", price));
        doc.set("plan", scope.shown("plan", price));
    }

    static void itemAmount(ObjectNode item, Scope scope) {
        String decimal = Docs.text(Docs.child(item, "pricing"), "unit_amount_decimal");
        item.put("unit_amount_decimal", decimal);
        Docs.put(item, "unit_amount", decimal == null ? null : whole(new BigDecimal(decimal)));
        item.remove("pricing");
    }

    private static @Nullable Long whole(BigDecimal amount) {
        return amount.stripTrailingZeros().scale() <= 0 ? Long.valueOf(amount.longValueExact()) : null;
    }

    /** Lines tell their amount without tax, too, in all and for each unit. */
    static void lineTaxes(ObjectNode line, Scope scope) {
        long included = sum(Docs.objects(line, "taxes").stream()
                .filter(BasilSteps::isInclusive)
                .toList());
        long excluding = Docs.numberOf(line, "amount") - included;
        line.put("amount_excluding_tax", excluding);
        Long quantity = Docs.number(line, "quantity");
        line.put("unit_amount_excluding_tax", quantity == null || quantity == 0 ? null : each(excluding, quantity));
        if (!line.has("tax_rates")) {
            ArrayNode rates = line.putArray("tax_rates");
            for (ObjectNode tax : Docs.objects(line, "taxes")) {
                rates.add(scope.shown("tax_rate", Docs.text(Docs.child(tax, "tax_rate_details"), "tax_rate")));
            }
        }
        taxesAs("taxes", "tax_amounts").undo(line, scope);
        line.remove("pricing");
    }

    /** The invoice a payment belongs to. */
    static void invoiceOf(ObjectNode doc, String intentField, Scope scope) {
        String intent = Docs.text(doc, intentField);
        List<ObjectNode> payments =
                intent == null ? List.of() : scope.related().list("invoice_payment", "payment_intent", intent);
        doc.put("invoice", payments.isEmpty() ? null : Docs.text(payments.get(0), "invoice"));
    }

    static void phaseCoupons(ObjectNode schedule, Scope scope) {
        for (ObjectNode phase : Docs.objects(schedule, "phases")) {
            List<ObjectNode> discounts = Docs.objects(phase, "discounts");
            phase.put("coupon", discounts.size() == 1 ? Docs.text(discounts.get(0), "coupon") : null);
        }
    }

    private static String each(long amount, long quantity) {
        BigDecimal each =
                BigDecimal.valueOf(amount).divide(BigDecimal.valueOf(quantity), DECIMALS, RoundingMode.HALF_UP);
        return each.signum() == 0 ? "0" : each.stripTrailingZeros().toPlainString();
    }

    private static boolean isInclusive(ObjectNode tax) {
        return "inclusive".equals(Docs.text(tax, "tax_behavior"));
    }

    private static long sum(List<ObjectNode> taxes) {
        return taxes.stream().mapToLong(tax -> Docs.numberOf(tax, "amount")).sum();
    }
}
