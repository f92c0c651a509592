package dev.billhook.simulator.page.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;

/** Words prices for people. */
public final class PriceText {
    private PriceText() {}

    /** What one unit costs, for example {@code $12.00}; tiers and usage are named, not listed. */
    public static String unit(ObjectNode price, String currency) {
        String decimal = PriceAmounts.unitDecimal(price, currency);
        if (decimal == null) {
            return "volume".equals(Docs.text(price, "tiers_mode")) ? "Volume pricing" : "Tiered pricing";
        }
        return AmountText.of(new BigDecimal(decimal), currency);
    }

    /** How often it is charged, for example {@code per month} or {@code every 3 months}; empty for a one-time price. */
    public static String interval(ObjectNode price) {
        ObjectNode recurring = Docs.child(price, "recurring");
        String interval = Docs.text(recurring, "interval");
        if (interval == null) {
            return "";
        }
        long count = Docs.numberOf(recurring, "interval_count");
        return count <= 1 ? "per " + interval : "every " + count + " " + interval + "s";
    }

    /** Both, for example {@code $12.00 per month}. */
    public static String of(ObjectNode price, String currency) {
        return (unit(price, currency) + " " + interval(price)).trim();
    }

    /** Whether what is charged depends on use that is reported later. */
    public static boolean isMetered(ObjectNode price) {
        return "metered".equals(Docs.text(Docs.child(price, "recurring"), "usage_type"));
    }
}
