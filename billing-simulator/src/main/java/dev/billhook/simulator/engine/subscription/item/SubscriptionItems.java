package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.Plans;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.tax.TaxRates;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The items of subscriptions: a price, a quantity, and the period already billed. */
public final class SubscriptionItems {
    private static final int MAX_ITEMS = 20;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"subscription_item","billing_thresholds":null,"created":0,"current_period_end":0,
         "current_period_start":0,"discounts":[],"metadata":{},"price":"","subscription":"","tax_rates":[]}\
        """);

    private final World world;
    private final Prices prices;
    private final TaxRates taxRates;

    public SubscriptionItems(World world, Prices prices, TaxRates taxRates) {
        this.world = world;
        this.prices = prices;
        this.taxRates = taxRates;
    }

    /** Completes an item as the API shows it: with its price, and the older plan. */
    public void complete(ObjectNode item) {
        String id = Docs.text(item, "price");
        ObjectNode price = id == null ? null : world.store().find("price", id);
        if (price != null) {
            item.set("plan", Plans.of(price));
            item.set("price", world.renderer().render(price));
        }
    }

    /** The subscription that has this item. */
    public ObjectNode subscriptionOf(String itemId) {
        return world.store()
                .newestFirst(SubscriptionDocs.TYPE, "item", itemId)
                .findFirst()
                .orElseThrow(() -> ApiError.noSuch("subscription_item", itemId, "id", true));
    }

    /**
     * Applies {@code items} of a request: new ones are added, those with an id changed or deleted. Returns what was asked for each
     * item that is left, by its id.
     */
    public Map<String, Params> apply(ObjectNode subscription, List<Params> changes) {
        ArrayNode data = (ArrayNode) Docs.child(subscription, "items").get("data");
        Map<String, Params> asked = new HashMap<>();
        for (Params change : changes) {
            String id = change.text("id");
            if (id == null) {
                ObjectNode made = make(subscription, change);
                data.add(made);
                asked.put(Docs.textOf(made, "id"), change);
                continue;
            }
            int index = indexOf(data, id);
            if (index < 0) {
                throw ApiError.noSuch("subscription_item", id, change.name("id"), false);
            }
            if (change.flag("deleted")) {
                data.remove(index);
            } else {
                change(subscription, (ObjectNode) data.get(index), change);
                asked.put(id, change);
            }
        }
        check(subscription, data);
        return asked;
    }

    /** The items of a subscription by their ids, in their order. */
    public static Map<String, ObjectNode> byId(ObjectNode subscription) {
        Map<String, ObjectNode> items = new LinkedHashMap<>();
        Docs.objects(subscription, "items").forEach(item -> items.put(Docs.textOf(item, "id"), item));
        return items;
    }

    /** What an item costs for a whole period, in the currency of the subscription or phase it belongs to. */
    public long amount(ObjectNode subscription, ObjectNode item) {
        ObjectNode price = priceOf(item);
        if (Prices.isMetered(price)) {
            return 0;
        }
        return PriceAmounts.of(price, Docs.textOf(subscription, "currency"), quantity(item));
    }

    /** The price of an item. */
    ObjectNode priceOf(ObjectNode item) {
        return world.store().get("price", Docs.textOf(item, "price"));
    }

    static long quantity(ObjectNode item) {
        return item.has("quantity") ? Docs.numberOf(item, "quantity") : 0;
    }

    /** Whether an item is billed by what was used. */
    public boolean isMetered(ObjectNode item) {
        return Prices.isMetered(priceOf(item));
    }

    /** Seconds, the last exclusive, in which use is to be billed; empty when it does not end after it begins. */
    record Span(long from, long to) {
        boolean isEmpty() {
            return from >= to;
        }
    }

    /** When use of a metered item before its present period is to be billed: not in trials, nor at an earlier price. */
    static Span usedBefore(ObjectNode subscription, ObjectNode item) {
        long to = Docs.numberOf(item, "current_period_start");
        Long previous = Docs.number(item, "_previous_start");
        return previous == null ? new Span(to, to) : billable(subscription, item, previous, to);
    }

    /** When use of a metered item in its present period is to be billed, should it end now. */
    static Span usedUntil(ObjectNode subscription, ObjectNode item, long now) {
        return billable(subscription, item, Docs.numberOf(item, "current_period_start"), now);
    }

    private static Span billable(ObjectNode subscription, ObjectNode item, long from, long to) {
        long since = Math.max(Docs.numberOf(subscription, "trial_end"), Docs.numberOf(item, "_metered_from"));
        return new Span(Math.max(from, since), to);
    }

    /** The interval in which an item is billed. */
    public String interval(ObjectNode item) {
        return Docs.textOf(Docs.child(priceOf(item), "recurring"), "interval");
    }

    /** How many intervals an item is billed for at a time. */
    public long intervalCount(ObjectNode item) {
        return Docs.numberOf(Docs.child(priceOf(item), "recurring"), "interval_count");
    }

    private ObjectNode make(ObjectNode subscription, Params input) {
        ObjectNode price = price(input, null);
        String currency = Docs.textOf(subscription, "currency");
        ObjectNode item = SHAPE.deepCopy();
        item.put("id", world.ids().nextShort("si"));
        item.put("created", world.now(SubscriptionDocs.clock(subscription)));
        item.put("subscription", SubscriptionDocs.id(subscription));
        if (currency.isEmpty()) {
            subscription.put("currency", Docs.textOf(price, "currency"));
        }
        setPrice(subscription, item, price, input);
        taxRates.set(item, "tax_rates", input);
        input.mergeMetadata(item);
        return item;
    }

    private void change(ObjectNode subscription, ObjectNode item, Params input) {
        if (input.hasValue("price") || input.hasValue("price_data") || input.hasValue("plan")) {
            setPrice(subscription, item, price(input, item), input);
        } else if (input.hasValue("quantity")) {
            setPrice(subscription, item, priceOf(item), input);
        }
        taxRates.set(item, "tax_rates", input);
        input.mergeMetadata(item);
    }

    private void setPrice(ObjectNode subscription, ObjectNode item, ObjectNode price, Params input) {
        if (!PriceAmounts.hasCurrency(price, Docs.textOf(subscription, "currency"))) {
            throw ApiError.invalid(null, input.name("price"), "The price is not in the currency of the subscription.");
        }
        String id = Docs.textOf(price, "id");
        if (Prices.isMetered(price) && !id.equals(Docs.text(item, "price"))) {
            item.put("_metered_from", world.now(SubscriptionDocs.clock(subscription)));
        }
        item.put("price", id);
        Long quantity = input.number("quantity");
        if (quantity != null && quantity < 0) {
            throw ApiError.lessThan(0, input.name("quantity"));
        }
        if (Prices.isMetered(price)) {
            if (quantity != null) {
                throw ApiError.invalid(null, input.name("quantity"), "A metered price takes no quantity.");
            }
            item.remove("quantity");
        } else {
            item.put("quantity", quantity != null ? quantity : item.has("quantity") ? quantity(item) : 1);
        }
    }

    /** The one-time price of an extra line. */
    public ObjectNode oneTimePrice(Params input) {
        if (input.hasValue("price_data")) {
            return prices.createInline(input.group("price_data"));
        }
        ObjectNode price = world.finder().inParam("price", input.requireText("price"), input.name("price"));
        if (!"one_time".equals(Docs.text(price, "type"))) {
            throw ApiError.invalid(
                    null, input.name("price"), "The price is recurring; an extra line needs a one-time one.");
        }
        return price;
    }

    /** The recurring price a request names for a new item. */
    public ObjectNode recurringPrice(Params input) {
        return price(input, null);
    }

    private ObjectNode price(Params input, @Nullable ObjectNode present) {
        if (input.hasValue("price_data")) {
            return prices.createInline(input.group("price_data"));
        }
        String id = input.hasValue("price") ? input.text("price") : input.text("plan");
        if (id == null) {
            throw ApiError.missing(input.name("price"));
        }
        ObjectNode price = world.finder().inParam("price", id, input.name("price"));
        if (!"recurring".equals(Docs.text(price, "type"))) {
            throw ApiError.invalid(
                    null, input.name("price"), "The price is one-time; a subscription needs recurring ones.");
        }
        boolean kept = present != null && id.equals(Docs.text(present, "price"));
        if (!kept && !Docs.flag(price, "active") && !input.flag("_agreed")) {
            throw ApiError.invalid(null, input.name("price"), "The price is inactive and cannot be subscribed to.");
        }
        return price;
    }

    private void check(ObjectNode subscription, ArrayNode data) {
        if (data.isEmpty() || data.size() > MAX_ITEMS) {
            throw ApiError.invalid(null, "items", "A subscription has between 1 and " + MAX_ITEMS + " items.");
        }
        Set<String> seen = new HashSet<>();
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            if (!seen.add(Docs.textOf(item, "price"))) {
                throw ApiError.invalid(null, "items", "Two items of a subscription cannot have the same price.");
            }
        }
        Docs.child(subscription, "items")
                .put("url", "/v1/subscription_items?subscription=" + SubscriptionDocs.id(subscription));
    }

    private static int indexOf(ArrayNode data, String id) {
        for (int i = 0; i < data.size(); i++) {
            if (id.equals(Docs.text(data.get(i), "id"))) {
                return i;
            }
        }
        return -1;
    }
}
