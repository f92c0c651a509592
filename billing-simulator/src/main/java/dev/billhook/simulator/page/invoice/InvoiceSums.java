package dev.billhook.simulator.page.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.text.Sum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is added up below the lines of an invoice, up to the total or the amount that is due. */
final class InvoiceSums {
    private final Store store;
    private final String currency;
    private final List<Sum> sums = new ArrayList<>();

    private InvoiceSums(Store store, String currency) {
        this.store = store;
        this.currency = currency;
    }

    static List<Sum> of(Store store, ObjectNode invoice, String currency) {
        InvoiceSums sums = new InvoiceSums(store, currency);
        sums.fill(invoice);
        return sums.sums;
    }

    private void fill(ObjectNode invoice) {
        sums.add(new Sum("Subtotal", AmountText.of(Docs.numberOf(invoice, "subtotal"), currency)));
        for (ObjectNode discount : Docs.objects(invoice, "total_discount_amounts")) {
            addUnlessZero(discountName(Docs.text(discount, "discount")), -Docs.numberOf(discount, "amount"));
        }
        for (ObjectNode tax : Docs.objects(invoice, "total_taxes")) {
            boolean inclusive = "inclusive".equals(Docs.text(tax, "tax_behavior"));
            addUnlessZero(taxName(tax) + (inclusive ? " (included)" : ""), Docs.numberOf(tax, "amount"));
        }
        Long ending = Docs.number(invoice, "ending_balance");
        long applied = ending == null ? 0 : Docs.numberOf(invoice, "starting_balance") - ending;
        long paid = Docs.numberOf(invoice, "amount_paid");
        long credited = Docs.numberOf(invoice, "pre_payment_credit_notes_amount");
        boolean payable = InvoiceViews.isPayable(invoice);
        if (payable && (applied != 0 || paid != 0 || credited != 0)) {
            sums.add(new Sum("Total", AmountText.of(Docs.numberOf(invoice, "total"), currency)));
        }
        addUnlessZero("Applied balance", applied);
        if (payable) {
            addUnlessZero("Credit notes", -credited);
            addUnlessZero("Amount paid", -paid);
        }
    }

    private String discountName(@Nullable String id) {
        ObjectNode discount = id == null ? null : store.find("discount", id);
        String couponId = discount == null ? null : Docs.text(Docs.child(discount, "source"), "coupon");
        ObjectNode coupon = couponId == null ? null : store.find("coupon", couponId);
        String name = coupon == null ? null : Docs.text(coupon, "name");
        return name == null ? "Discount" : "Discount: " + name;
    }

    private String taxName(ObjectNode tax) {
        String id = Docs.text(Docs.child(tax, "tax_rate_details"), "tax_rate");
        ObjectNode rate = id == null ? null : store.find("tax_rate", id);
        if (rate == null) {
            return "Tax";
        }
        String percentage =
                rate.path("percentage").decimalValue().stripTrailingZeros().toPlainString();
        return InvoiceViews.textOf(rate, "display_name") + " " + percentage + "%";
    }

    private void addUnlessZero(String label, long amount) {
        if (amount != 0) {
            sums.add(new Sum(label, AmountText.of(amount, currency)));
        }
    }
}
