package dev.billhook.simulator.page.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.CardForm;
import dev.billhook.simulator.page.kit.PlanText;
import dev.billhook.simulator.page.kit.PriceText;
import dev.billhook.simulator.page.kit.StatusText;
import dev.billhook.simulator.page.kit.Sum;
import dev.billhook.simulator.page.kit.TimeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hosted invoice shows.
 *
 * @param payable whether it can be paid on the page
 * @param declined why the last try to pay failed; null when there was none
 */
record InvoiceView(
        String business,
        String number,
        String status,
        String tone,
        String billedTo,
        String date,
        String due,
        String paidOn,
        List<Line> lines,
        List<Sum> sums,
        String totalLabel,
        String total,
        boolean payable,
        CardForm card,
        @Nullable String declined) {
    /** One line of the invoice. */
    record Line(String description, String period, String quantity, String amount) {}

    static InvoiceView of(Store store, ObjectNode invoice, CardForm card, @Nullable String declined) {
        String currency = Docs.textOf(invoice, "currency");
        StatusText status = StatusText.ofInvoice(invoice);
        String number = Docs.text(invoice, "number");
        ObjectNode transitions = Docs.child(invoice, "status_transitions");
        boolean open = "open".equals(Docs.text(invoice, "status"));
        long remaining = Docs.numberOf(invoice, "amount_remaining");
        return new InvoiceView(
                String.valueOf(Docs.text(invoice, "account_name")),
                number == null ? "(draft)" : number,
                status.label(),
                status.tone(),
                billedTo(invoice),
                TimeText.day(Docs.numberOf(invoice, "created")),
                day(Docs.number(invoice, "due_date")),
                day(Docs.number(transitions, "paid_at")),
                Docs.objects(invoice, "lines").stream()
                        .map(line -> line(store, line, currency))
                        .toList(),
                sums(invoice, currency),
                open ? "Amount due" : "Total",
                AmountText.of(open ? remaining : Docs.numberOf(invoice, "total"), currency),
                open && remaining > 0,
                card,
                declined);
    }

    private static Line line(Store store, ObjectNode line, String currency) {
        ObjectNode period = Docs.child(line, "period");
        long start = Docs.numberOf(period, "start");
        long end = Docs.numberOf(period, "end");
        Long quantity = Docs.number(line, "quantity");
        return new Line(
                description(store, line, currency),
                end > start ? TimeText.day(start) + " – " + TimeText.day(end) : "",
                quantity == null ? "" : String.valueOf(quantity),
                AmountText.of(Docs.numberOf(line, "amount"), currency));
    }

    private static String description(Store store, ObjectNode line, String currency) {
        String priceId = Docs.text(Docs.child(Docs.child(line, "pricing"), "price_details"), "price");
        ObjectNode price = priceId == null ? null : store.find("price", priceId);
        ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
        String own = Docs.text(line, "description");
        boolean plain = price != null && !Docs.flag(details, "proration") && Docs.numberOf(line, "amount") != 0;
        if (price == null || !plain) {
            return own == null ? "Item" : own;
        }
        return PlanText.productName(store, price) + " (" + PriceText.of(price, currency) + ")";
    }

    private static List<Sum> sums(ObjectNode invoice, String currency) {
        List<Sum> sums = new ArrayList<>();
        sums.add(new Sum("Subtotal", AmountText.of(Docs.numberOf(invoice, "subtotal"), currency)));
        long discount = Docs.sum(Docs.objects(invoice, "total_discount_amounts"), "amount");
        addUnlessZero(sums, "Discount", -discount, currency);
        long tax = Docs.sum(Docs.objects(invoice, "total_taxes"), "amount");
        addUnlessZero(sums, "Tax", tax, currency);
        Long ending = Docs.number(invoice, "ending_balance");
        if (ending != null) {
            addUnlessZero(sums, "Applied balance", Docs.numberOf(invoice, "starting_balance") - ending, currency);
        }
        if ("open".equals(Docs.text(invoice, "status"))) {
            addUnlessZero(sums, "Amount paid", -Docs.numberOf(invoice, "amount_paid"), currency);
        }
        return sums;
    }

    private static void addUnlessZero(List<Sum> sums, String label, long amount, String currency) {
        if (amount != 0) {
            sums.add(new Sum(label, AmountText.of(amount, currency)));
        }
    }

    static String billedTo(ObjectNode invoice) {
        String name = Docs.text(invoice, "customer_name");
        String email = Docs.text(invoice, "customer_email");
        if (name == null || name.isEmpty()) {
            return email == null ? "–" : email;
        }
        return email == null ? name : name + ", " + email;
    }

    private static String day(@Nullable Long second) {
        return second == null ? "" : TimeText.day(second);
    }
}
