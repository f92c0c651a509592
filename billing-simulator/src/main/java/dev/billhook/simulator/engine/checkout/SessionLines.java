package dev.billhook.simulator.engine.checkout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;

/** The lines of Checkout sessions. */
final class SessionLines {
    private static final long MOST = 999_999;
    private static final ObjectNode LINE = Docs.shape("""
        {"id":"","object":"item","adjustable_quantity":null,"amount_discount":0,"amount_subtotal":0,"amount_tax":0,
         "amount_total":0,"currency":"","description":"","metadata":{},"price":"","quantity":1}\
        """);

    private final World world;
    private final Prices prices;
    private final CheckoutTaxes taxes;

    SessionLines(World world, Prices prices, CheckoutTaxes taxes) {
        this.world = world;
        this.prices = prices;
        this.taxes = taxes;
        world.renderer().complete("item", this::completeLine);
    }

    /** Gives a new session the lines a request names. */
    void add(ObjectNode session, Params params, String mode) {
        ArrayNode lines = session.putArray("_line_items");
        if ("setup".equals(mode)) {
            Docs.put(session, "currency", params.text("currency"));
            return;
        }
        if (params.groups("line_items").isEmpty()) {
            throw ApiError.missing("line_items");
        }
        boolean recurring = false;
        for (Params input : params.groups("line_items")) {
            ObjectNode price = price(input);
            recurring |= "recurring".equals(Docs.text(price, "type"));
            if (session.path("currency").isNull()) {
                session.put("currency", params.text("currency", Docs.textOf(price, "currency")));
            }
            lines.add(line(session, input, price));
        }
        if ("subscription".equals(mode) != recurring) {
            throw ApiError.invalid(
                    null,
                    "line_items",
                    recurring
                            ? "Recurring prices need mode=subscription."
                            : "A session with mode=subscription needs at least one recurring price.");
        }
    }

    private ObjectNode price(Params input) {
        if (input.hasValue("price_data")) {
            return prices.createInline(input.group("price_data"));
        }
        ObjectNode price = world.finder().inParam("price", input.requireText("price"), input.name("price"));
        if (!Docs.flag(price, "active") && !input.flag("_agreed")) {
            throw ApiError.invalid(null, input.name("price"), "The price is inactive and cannot be sold.");
        }
        return price;
    }

    private ObjectNode line(ObjectNode session, Params input, ObjectNode price) {
        String currency = Docs.textOf(session, "currency");
        if (!PriceAmounts.hasCurrency(price, currency)) {
            throw ApiError.invalid(null, input.name("price"), "All prices of a session must have the same currency.");
        }
        ObjectNode line = LINE.deepCopy();
        line.put("id", world.ids().next("li"));
        line.put("currency", currency);
        ObjectNode product = world.store().get("product", Docs.textOf(price, "product"));
        line.put("description", Docs.text(product, "name"));
        line.put("price", Docs.textOf(price, "id"));
        if (Prices.isMetered(price)) {
            line.putNull("quantity");
        } else {
            long quantity = input.number("quantity", 0);
            if (quantity < 1) {
                throw ApiError.missing(input.name("quantity"));
            }
            line.put("quantity", quantity);
        }
        if (input.hasValue("adjustable_quantity")) {
            line.set("adjustable_quantity", adjustable(input.group("adjustable_quantity"), line));
        }
        taxes.setLine(line, input);
        input.mergeMetadata(line);
        return line;
    }

    private static ObjectNode adjustable(Params given, ObjectNode line) {
        Long minimum = given.number("minimum");
        Long maximum = given.number("maximum");
        long quantity = Docs.numberOf(line, "quantity");
        if (maximum != null && (maximum > MOST || maximum < quantity)) {
            throw ApiError.invalid(
                    null, given.name("maximum"), "The maximum is at least the quantity and at most " + MOST + ".");
        }
        if (minimum != null && (minimum < 0 || minimum > quantity)) {
            throw ApiError.invalid(null, given.name("minimum"), "The minimum is from 0 to the quantity.");
        }
        ObjectNode shown = Docs.object();
        shown.put("enabled", given.flag("enabled"));
        shown.put("maximum", maximum);
        shown.put("minimum", minimum);
        return shown;
    }

    private void completeLine(ObjectNode line) {
        String id = Docs.text(line, "price");
        if (id != null) {
            line.set("price", world.renderer().render(world.store().get("price", id)));
        }
    }
}
