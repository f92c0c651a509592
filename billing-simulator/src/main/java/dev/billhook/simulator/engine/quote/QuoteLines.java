package dev.billhook.simulator.engine.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;

/** What a quote offers: prices and quantities. */
final class QuoteLines {
    private static final String FIELD = "_line_items";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"item","adjustable_quantity":null,"amount_discount":0,"amount_subtotal":0,"amount_tax":0,
         "amount_total":0,"currency":"","description":null,"metadata":{},"price":"","quantity":null}\
        """);

    private final World world;
    private final Prices prices;

    QuoteLines(World world, Prices prices) {
        this.world = world;
        this.prices = prices;
    }

    /** The lines of a quote, as they are stored. */
    static List<ObjectNode> of(ObjectNode quote) {
        return Docs.objects(quote, FIELD);
    }

    /** Replaces the lines by those a request names, if it does; those named by their id keep what is not given. */
    void set(ObjectNode quote, Params params) {
        if (!params.has("line_items")) {
            return;
        }
        List<ObjectNode> before = of(quote);
        ArrayNode lines = quote.putArray(FIELD);
        for (Params given : params.groups("line_items")) {
            String id = given.text("id");
            ObjectNode line = id == null ? fresh() : named(before, id, given);
            apply(quote, line, given);
            lines.add(line);
        }
    }

    /** The lines of a clone, which are lines of their own. */
    void copy(ObjectNode from, ObjectNode to) {
        ArrayNode lines = to.putArray(FIELD);
        of(from).forEach(line -> lines.add(line.deepCopy().put("id", world.ids().next("li"))));
    }

    boolean isRecurring(ObjectNode line) {
        return priceOf(line).path("recurring").isObject();
    }

    ObjectNode priceOf(ObjectNode line) {
        return world.store().get("price", Docs.textOf(line, "price"));
    }

    private ObjectNode fresh() {
        ObjectNode line = SHAPE.deepCopy();
        line.put("id", world.ids().next("li"));
        return line;
    }

    private static ObjectNode named(List<ObjectNode> lines, String id, Params given) {
        return lines.stream()
                .filter(line -> id.equals(Docs.text(line, "id")))
                .findFirst()
                .orElseThrow(() -> ApiError.noSuch("line_item", id, given.name("id"), false))
                .deepCopy();
    }

    private void apply(ObjectNode quote, ObjectNode line, Params given) {
        if (given.hasValue("price") || given.hasValue("price_data")) {
            line.put("price", Docs.textOf(price(given), "id"));
        } else if (Docs.textOf(line, "price").isEmpty()) {
            throw ApiError.missing(given.name("price"));
        }
        ObjectNode price = priceOf(line);
        String currency = Docs.text(quote, "currency");
        if (currency == null) {
            currency = Docs.textOf(price, "currency");
            quote.put("currency", currency);
        }
        if (!PriceAmounts.hasCurrency(price, currency)) {
            throw ApiError.invalid(null, given.name("price"), "All prices of a quote must have the same currency.");
        }
        line.put("currency", currency);
        ObjectNode product = world.store().get("product", Docs.textOf(price, "product"));
        line.set("description", product.path("name"));
        setQuantity(line, price, given);
        for (String extra : new String[] {"discounts", "tax_rates"}) {
            if (given.has(extra)) {
                line.set("_" + extra, given.tree().get(extra).deepCopy());
            }
        }
    }

    private static void setQuantity(ObjectNode line, ObjectNode price, Params given) {
        Long quantity = given.number("quantity");
        if (Prices.isMetered(price)) {
            if (quantity != null) {
                throw ApiError.invalid(null, given.name("quantity"), "A metered price takes no quantity.");
            }
            line.putNull("quantity");
            return;
        }
        if (quantity != null && quantity < 0) {
            throw ApiError.lessThan(0, given.name("quantity"));
        }
        if (quantity != null || line.path("quantity").isNull()) {
            line.put("quantity", quantity == null ? 1 : quantity);
        }
    }

    private ObjectNode price(Params given) {
        if (given.hasValue("price_data")) {
            return prices.createInline(given.group("price_data"));
        }
        ObjectNode price = world.finder().inParam("price", given.requireText("price"), given.name("price"));
        if (!Docs.flag(price, "active")) {
            throw ApiError.invalid(null, given.name("price"), "The price is inactive and cannot be offered.");
        }
        return price;
    }
}
