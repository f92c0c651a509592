package dev.billhook.simulator.page.checkout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.checkout.CheckoutView.Line;
import dev.billhook.simulator.page.checkout.CheckoutView.Promotion;
import dev.billhook.simulator.page.checkout.CheckoutView.Summary;
import dev.billhook.simulator.page.text.PriceText;
import dev.billhook.simulator.page.text.Sum;
import dev.billhook.simulator.page.text.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Words what a Checkout session sells. Used under the simulation's lock. */
final class Summaries {
    private static final long DAY = 86_400;
    private static final long FEWEST = 1;
    private static final long MOST = 99;

    private final Store store;
    private final CheckoutSessions sessions;

    Summaries(Store store, CheckoutSessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    /** A line with its price and the quantity that counts. */
    private record Bought(ObjectNode line, ObjectNode price, long quantity, long amount) {
        boolean recurs() {
            return "recurring".equals(Docs.text(price, "type"));
        }
    }

    /** The summary of a session with what somebody chose and entered. */
    Summary of(ObjectNode session, String business, Entry entered, long now) {
        if ("setup".equals(Docs.text(session, "mode"))) {
            return nothingCharged(business);
        }
        String currency = Docs.textOf(session, "currency");
        Map<String, Long> quantities = entered.quantities();
        List<Bought> bought = bought(session, currency, quantities);
        Long trialEnd = trialEnd(session, now);
        long due = bought.stream()
                .filter(entry -> trialEnd == null || !entry.recurs())
                .mapToLong(Bought::amount)
                .sum();
        List<Line> lines = bought.stream()
                .map(entry -> line(entry, currency, trialEnd != null))
                .toList();
        boolean adjustable = lines.stream().anyMatch(line -> line.field() != null);
        ObjectNode supposed = sessions.supposed(
                session, quantities, entered.extras().particulars().address());
        List<Sum> sums = sums(supposed, currency, due);
        Promotion promotion = promotion(session);
        String dueToday = AmountText.of(Docs.numberOf(supposed, "amount_total"), currency);
        if (!"subscription".equals(Docs.text(session, "mode"))) {
            String heading = "Pay " + business;
            return new Summary(heading, dueToday, "", "", lines, adjustable, sums, dueToday, promotion);
        }
        String names = names(bought);
        String per = rhythm(bought);
        String regular = per.isEmpty() ? "" : recurring(bought, currency);
        if (trialEnd != null) {
            String then = per.isEmpty() ? "Then it is charged" : "Then " + regular + " " + per;
            String after = then + ", from " + TimeText.day(trialEnd);
            return new Summary(
                    "Try " + names, freeDays(trialEnd, now), "", after, lines, adjustable, sums, dueToday, promotion);
        }
        String headline = per.isEmpty() ? dueToday : regular;
        return new Summary("Subscribe to " + names, headline, per, "", lines, adjustable, sums, dueToday, promotion);
    }

    private static Summary nothingCharged(String business) {
        String note = "Nothing is charged now.";
        return new Summary(business, "Save your card", "", note, List.of(), false, List.of(), "", Promotion.NONE);
    }

    private List<Sum> sums(ObjectNode supposed, String currency, long due) {
        List<Sum> sums = new ArrayList<>(List.of(new Sum("Subtotal", AmountText.of(due, currency))));
        String label = sessions.discounts().label(supposed);
        ObjectNode details = Docs.child(supposed, "total_details");
        long off = Docs.numberOf(details, "amount_discount");
        if (label != null) {
            sums.add(new Sum("Discount " + label, AmountText.of(-off, currency)));
        }
        long tax = Docs.numberOf(details, "amount_tax");
        if ("requires_location_inputs".equals(Docs.text(Docs.child(supposed, "automatic_tax"), "status"))) {
            sums.add(new Sum("Tax", "Depends on your address"));
        } else if (tax != 0 || AutomaticTax.isOn(supposed)) {
            boolean within = tax != 0 && Docs.numberOf(supposed, "amount_total") == due - off;
            sums.add(new Sum(within ? "Tax, included" : "Tax", AmountText.of(tax, currency)));
        }
        return sums;
    }

    private Promotion promotion(ObjectNode session) {
        return Docs.flag(session, "allow_promotion_codes")
                ? new Promotion(true, sessions.discounts().label(session))
                : Promotion.NONE;
    }

    private static @Nullable Long trialEnd(ObjectNode session, long now) {
        ObjectNode data = Docs.child(session, "_subscription_data");
        if (data.hasNonNull("trial_end")) {
            return data.path("trial_end").asLong();
        }
        return data.hasNonNull("trial_period_days")
                ? now + data.path("trial_period_days").asLong() * DAY
                : null;
    }

    private List<Bought> bought(ObjectNode session, String currency, Map<String, Long> quantities) {
        List<Bought> bought = new ArrayList<>();
        for (ObjectNode line : Docs.objects(session, "_line_items")) {
            ObjectNode price = store.get("price", Docs.textOf(line, "price"));
            long quantity = isAdjustable(line)
                    ? quantities.getOrDefault(Docs.textOf(line, "id"), Docs.numberOf(line, "quantity"))
                    : Docs.numberOf(line, "quantity");
            long amount = PriceText.isMetered(price) ? 0 : PriceAmounts.of(price, currency, quantity);
            bought.add(new Bought(line, price, quantity, amount));
        }
        return bought;
    }

    private Line line(Bought entry, String currency, boolean trial) {
        ObjectNode price = entry.price();
        ObjectNode product = store.get("product", Docs.textOf(price, "product"));
        String unit = PriceText.of(price, currency);
        boolean metered = PriceText.isMetered(price);
        String detail = metered
                ? unit + ", by use"
                : entry.quantity() == 1 && !entry.recurs()
                        ? ""
                        : entry.quantity() == 1 ? unit : entry.quantity() + " × " + unit;
        String amount = trial && entry.recurs() ? "Free" : AmountText.of(entry.amount(), currency);
        ObjectNode adjustable = Docs.child(entry.line(), "adjustable_quantity");
        return new Line(
                Objects.requireNonNullElse(Docs.text(product, "name"), "Product"),
                Objects.requireNonNullElse(Docs.text(product, "description"), ""),
                detail,
                metered ? "By use" : amount,
                isAdjustable(entry.line()) ? "quantity_" + Docs.textOf(entry.line(), "id") : null,
                entry.quantity(),
                Objects.requireNonNullElse(Docs.number(adjustable, "minimum"), FEWEST),
                Objects.requireNonNullElse(Docs.number(adjustable, "maximum"), MOST));
    }

    private static boolean isAdjustable(ObjectNode line) {
        return Docs.child(line, "adjustable_quantity").path("enabled").asBoolean();
    }

    private String names(List<Bought> bought) {
        List<String> names = bought.stream()
                .filter(Bought::recurs)
                .map(entry -> Objects.requireNonNullElse(
                        Docs.text(store.get("product", Docs.textOf(entry.price(), "product")), "name"), "a product"))
                .distinct()
                .toList();
        return names.size() < 2 ? String.join("", names) : names.get(0) + " and " + (names.size() - 1) + " more";
    }

    /** How often everything that recurs is charged; empty when that differs. */
    private static String rhythm(List<Bought> bought) {
        List<String> all = bought.stream()
                .filter(Bought::recurs)
                .map(entry -> PriceText.interval(entry.price()))
                .distinct()
                .toList();
        return all.size() == 1 ? all.get(0) : "";
    }

    private static String recurring(List<Bought> bought, String currency) {
        List<Bought> fixed = bought.stream()
                .filter(entry -> entry.recurs() && !PriceText.isMetered(entry.price()))
                .toList();
        if (fixed.isEmpty()) {
            return "By use";
        }
        return AmountText.of(fixed.stream().mapToLong(Bought::amount).sum(), currency);
    }

    private static String freeDays(long trialEnd, long now) {
        long days = Math.max(1, (trialEnd - now + DAY - 1) / DAY);
        return days == 1 ? "1 day free" : days + " days free";
    }
}
