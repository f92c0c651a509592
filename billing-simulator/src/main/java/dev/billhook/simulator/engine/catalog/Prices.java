package dev.billhook.simulator.engine.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Difference;
import dev.billhook.simulator.kernel.Docs;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes and changes prices, and keeps lookup keys unique. */
public final class Prices {
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"price","active":true,"billing_scheme":"per_unit","created":0,"currency":"",
         "custom_unit_amount":null,"livemode":false,"lookup_key":null,"metadata":{},"nickname":null,"product":"",
         "recurring":null,"tax_behavior":"unspecified","tiers_mode":null,"transform_quantity":null,"type":"one_time",
         "unit_amount":null,"unit_amount_decimal":null}\
        """);
    private static final ObjectNode RECURRING = Docs.shape("""
        {"interval":"month","interval_count":1,"meter":null,"trial_period_days":null,"usage_type":"licensed"}\
        """);
    private static final Set<String> CURRENCY = Currency.getAvailableCurrencies().stream()
            .map(currency -> currency.getCurrencyCode().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private final World world;
    private @Nullable Products products;

    public Prices(World world) {
        this.world = world;
    }

    /** Whether a price is billed by what was used. */
    public static boolean isMetered(ObjectNode price) {
        return "metered".equals(Docs.text(Docs.child(price, "recurring"), "usage_type"));
    }

    /** Gives the maker of products that prices with {@code product_data} need. */
    public void makeProductsWith(Products maker) {
        this.products = maker;
    }

    /** A new price. */
    public ObjectNode create(Params params) {
        return create(params, world.ids().next("price"), true);
    }

    /** A price described inside another request; it is not offered by itself. */
    public ObjectNode createInline(Params params) {
        return create(params, world.ids().next("price"), false);
    }

    /** A new price with this identifier, which is no other's. */
    ObjectNode create(Params params, String id, boolean active) {
        ObjectNode price = world.create(SHAPE, id, null);
        price.put("currency", currency(params.requireText("currency"), params.name("currency")));
        price.put("product", product(params));
        price.put("active", active);
        params.copyTo(price, "active", "nickname", "tax_behavior", "transform_quantity");
        if (params.hasValue("recurring")) {
            price.set("recurring", recurring(params.group("recurring")));
            price.put("type", "recurring");
        }
        PriceAmounts.set(price, params);
        if (params.hasValue("currency_options")) {
            price.set("_currency_options", PriceAmounts.options(params));
        }
        params.mergeMetadata(price);
        setLookupKey(price, params);
        world.store().insert(price);
        if (params.hasValue("recurring")) {
            world.events().emit("plan.created", Plans.of(price));
        }
        world.events().emit("price.created", price);
        return price;
    }

    /** Changes what can be changed of a price; amounts cannot. */
    public ObjectNode update(String id, Params params) {
        ObjectNode price = world.finder().editInUrl("price", id);
        params.copyTo(price, "active", "nickname", "tax_behavior");
        params.mergeMetadata(price);
        if (params.hasValue("currency_options")) {
            Docs.ensure(price, "_currency_options").setAll(PriceAmounts.options(params));
        }
        setLookupKey(price, params);
        announceChange(price);
        return price;
    }

    /** Records the change of a price, which is one of its plan, too. */
    void announceChange(ObjectNode price) {
        ObjectNode before = world.store().before("price", Docs.textOf(price, "id"));
        if (before != null && Plans.isPlan(price)) {
            ObjectNode plan = Plans.of(price);
            ObjectNode previous = Difference.previousAttributes(Plans.of(before), plan);
            if (!previous.isEmpty()) {
                world.events().emit("plan.updated", plan, previous);
            }
        }
        world.events().emitUpdated("price.updated", price);
    }

    /** A currency code as it was given, if there is such a currency. */
    public static String currency(String code, String param) {
        String lower = code.toLowerCase(Locale.ROOT);
        if (!CURRENCY.contains(lower)) {
            throw ApiError.invalid(null, param, "Invalid currency: " + code);
        }
        return lower;
    }

    private String product(Params params) {
        String id = params.text("product");
        if (id != null) {
            world.finder().inParam("product", id, params.name("product"));
            return id;
        }
        if (!params.hasValue("product_data") || products == null) {
            throw ApiError.missing(params.name("product"));
        }
        ObjectNode product = products.create(params.group("product_data"));
        return Docs.textOf(product, "id");
    }

    private ObjectNode recurring(Params params) {
        ObjectNode recurring = RECURRING.deepCopy();
        params.copyTo(recurring, "interval", "interval_count", "meter", "trial_period_days", "usage_type");
        long count = Docs.numberOf(recurring, "interval_count");
        if (count < 1 || count > 3 * 365) {
            throw ApiError.invalid(null, params.name("interval_count"), "An interval can be three years at most.");
        }
        checkMeter(params, "metered".equals(Docs.text(recurring, "usage_type")));
        return recurring;
    }

    private void checkMeter(Params params, boolean metered) {
        String meter = params.text("meter");
        if (metered != (meter != null)) {
            throw ApiError.invalid(
                    null,
                    params.name("meter"),
                    metered ? "A metered price needs a meter." : "A meter needs usage_type=metered.");
        }
        if (meter != null) {
            ObjectNode found = world.finder().inParam("billing.meter", meter, params.name("meter"));
            if (!"active".equals(Docs.text(found, "status"))) {
                throw ApiError.invalid("archived_meter", params.name("meter"), "The meter is not active.");
            }
        }
    }

    private void setLookupKey(ObjectNode price, Params params) {
        if (params.isUnset("lookup_key")) {
            price.putNull("lookup_key");
        }
        String key = params.text("lookup_key");
        if (key == null) {
            return;
        }
        String id = Docs.textOf(price, "id");
        Optional<ObjectNode> holder = world.store()
                .newestFirst("price", "lookup_key", key)
                .filter(other -> !id.equals(Docs.text(other, "id")))
                .findFirst();
        if (holder.isPresent()) {
            String other = Docs.textOf(holder.get(), "id");
            if (!params.flag("transfer_lookup_key")) {
                throw ApiError.invalid(null, "lookup_key", "A price (" + other + ") already uses that lookup key.");
            }
            ObjectNode previous = world.store().edit("price", other);
            previous.putNull("lookup_key");
            world.events().emitUpdated("price.updated", previous);
        }
        price.put("lookup_key", key);
    }
}
