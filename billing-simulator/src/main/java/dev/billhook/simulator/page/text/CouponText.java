package dev.billhook.simulator.page.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;

/** Words coupons for people. */
public final class CouponText {
    private CouponText() {}

    /** What a coupon takes off and for how long, for example {@code 20% off for 3 months}. */
    public static String of(ObjectNode coupon) {
        Long amount = Docs.number(coupon, "amount_off");
        String off = amount == null
                ? coupon.path("percent_off").decimalValue().stripTrailingZeros().toPlainString() + "% off"
                : AmountText.of(amount, Docs.textOf(coupon, "currency")) + " off";
        return switch (String.valueOf(Docs.text(coupon, "duration"))) {
            case "forever" -> off + " from now on";
            case "repeating" -> {
                long months = Docs.numberOf(coupon, "duration_in_months");
                yield off + " for " + (months == 1 ? "a month" : months + " months");
            }
            default -> off + " your next invoice";
        };
    }
}
