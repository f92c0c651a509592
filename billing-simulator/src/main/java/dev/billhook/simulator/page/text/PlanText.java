package dev.billhook.simulator.page.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words what somebody subscribes to.
 *
 * @param name the products' names
 * @param prices one line per item
 * @param when what happens next, and on which day; empty when nothing does
 */
public record PlanText(String name, List<String> prices, String when) {
    public PlanText {
        prices = List.copyOf(prices);
    }

    /** Reads it off a subscription, be it stored or as the API shows it. */
    public static PlanText of(Store store, ObjectNode subscription) {
        List<String> names = new ArrayList<>();
        List<String> prices = new ArrayList<>();
        String currency = Docs.textOf(subscription, "currency");
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            String id = Docs.text(item, "price");
            ObjectNode price = id == null ? Docs.child(item, "price") : store.get("price", id);
            String name = productName(store, price);
            if (!names.contains(name)) {
                names.add(name);
            }
            prices.add(priceLine(price, currency, Docs.number(item, "quantity")));
        }
        return new PlanText(names.isEmpty() ? "Plan" : String.join(" + ", names), prices, when(subscription));
    }

    /** The name of the product a price sells. */
    public static String productName(Store store, ObjectNode price) {
        String id = Docs.text(price, "product");
        ObjectNode product = id == null ? null : store.find("product", id);
        String name = product == null ? null : Docs.text(product, "name");
        return name == null ? "Product" : name;
    }

    /** What a quantity of a price is, for example {@code 2 × Pro, $12.00 per month}. */
    public static String of(Store store, ObjectNode price, String currency, long quantity) {
        String text = productName(store, price) + ", " + PriceText.of(price, currency);
        return quantity == 1 ? text : quantity + " × " + text;
    }

    /** The second at which a subscription that is to be cancelled ends; null when it is not to be. */
    public static @Nullable Long endsAt(ObjectNode subscription) {
        Long at = Docs.number(subscription, "cancel_at");
        if (at != null) {
            return at;
        }
        return Docs.flag(subscription, "cancel_at_period_end") ? SubscriptionDocs.lastPeriodEnd(subscription) : null;
    }

    private static String priceLine(ObjectNode price, String currency, @Nullable Long quantity) {
        if (PriceText.isMetered(price)) {
            return PriceText.unit(price, currency) + " by use, charged " + PriceText.interval(price);
        }
        String text = PriceText.of(price, currency);
        return quantity == null || quantity == 1 ? text : quantity + " × " + text;
    }

    private static String when(ObjectNode subscription) {
        Long ended = Docs.number(subscription, "ended_at");
        if (ended != null) {
            return "Ended on " + TimeText.day(ended);
        }
        Long end = endsAt(subscription);
        if (end != null) {
            return "Ends on " + TimeText.day(end);
        }
        if (SubscriptionDocs.isTrialing(subscription)) {
            return "The trial ends on " + TimeText.day(Docs.numberOf(subscription, "trial_end"));
        }
        return switch (SubscriptionDocs.status(subscription)) {
            case "active", "past_due" -> "Renews on " + TimeText.day(SubscriptionDocs.periodEnd(subscription));
            case "paused" -> "Paused until a payment method is there";
            default -> "";
        };
    }
}
