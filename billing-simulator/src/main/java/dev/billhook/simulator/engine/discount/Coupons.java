package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes, changes and deletes coupons. Source: Stripe API reference, "Coupons". */
public final class Coupons {
    static final String TYPE = "coupon";
    private static final int ID_LENGTH = 8;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"coupon","amount_off":null,"created":0,"currency":null,"duration":"once",
         "duration_in_months":null,"livemode":false,"max_redemptions":null,"metadata":{},"name":null,
         "percent_off":null,"redeem_by":null,"times_redeemed":0,"valid":true}\
        """);

    private final World world;

    Coupons(World world) {
        this.world = world;
        world.renderer().complete(TYPE, coupon -> coupon.put("valid", isValid(coupon, world.now(null))));
    }

    /** A new coupon. */
    public ObjectNode create(Params params) {
        String id = params.text("id", world.ids().letters(ID_LENGTH));
        if (world.store().find(TYPE, id) != null) {
            throw ApiError.invalid("resource_already_exists", "id", "Coupon already exists.");
        }
        ObjectNode coupon = world.create(SHAPE, id, null);
        setValue(coupon, params);
        setDuration(coupon, params);
        setLimits(coupon, params);
        params.copyTo(coupon, "name");
        params.mergeMetadata(coupon);
        if (params.hasValue("applies_to")) {
            setProducts(coupon, params.group("applies_to"));
        }
        world.store().insert(coupon);
        world.events().emit("coupon.created", coupon);
        return coupon;
    }

    /** Changes what a coupon says of itself; its terms are fixed. */
    public ObjectNode update(String id, Params params) {
        ObjectNode coupon = world.finder().editInUrl(TYPE, id);
        params.copyTo(coupon, "name");
        params.mergeMetadata(coupon);
        if (params.hasValue("currency_options")) {
            requireAmount(coupon, params);
            Docs.ensure(coupon, "_currency_options").setAll(options(params));
        }
        world.events().emitUpdated("coupon.updated", coupon);
        return coupon;
    }

    /** Deletes a coupon; discounts made of it stay. */
    public ObjectNode delete(String id) {
        world.events().emit("coupon.deleted", world.finder().inUrl(TYPE, id));
        return world.store().delete(TYPE, id);
    }

    /** The products a coupon is limited to, as an expanded {@code applies_to} shows them; null when it is not limited. */
    public @Nullable ObjectNode appliesTo(String id) {
        ObjectNode coupon = world.store().find(TYPE, id);
        return coupon == null || !coupon.has("_applies_to")
                ? null
                : Docs.child(coupon, "_applies_to").deepCopy();
    }

    /** The fixed amounts in every currency, as an expanded {@code currency_options} shows them. */
    public ObjectNode currencyOptions(String id) {
        ObjectNode coupon = world.store().find(TYPE, id);
        ObjectNode options = Docs.object();
        String currency = coupon == null ? null : Docs.text(coupon, "currency");
        if (coupon != null && currency != null) {
            options.putObject(currency).put("amount_off", Docs.numberOf(coupon, "amount_off"));
            options.setAll(Docs.child(coupon, "_currency_options").deepCopy());
        }
        return options;
    }

    /** Whether a coupon can still be redeemed. */
    static boolean isValid(ObjectNode coupon, long now) {
        Long until = Docs.number(coupon, "redeem_by");
        Long most = Docs.number(coupon, "max_redemptions");
        return (until == null || now <= until) && (most == null || Docs.numberOf(coupon, "times_redeemed") < most);
    }

    /** Counts a redemption. */
    void redeemed(String id) {
        if (world.store().find(TYPE, id) != null) {
            ObjectNode coupon = world.store().edit(TYPE, id);
            coupon.put("times_redeemed", Docs.numberOf(coupon, "times_redeemed") + 1);
        }
    }

    private static void setValue(ObjectNode coupon, Params params) {
        String percent = params.text("percent_off");
        Long amount = params.number("amount_off");
        if ((percent == null) == (amount == null)) {
            throw ApiError.invalid(
                    percent == null ? "parameter_missing" : null,
                    "percent_off",
                    "Give exactly one of percent_off and amount_off.");
        }
        if (percent != null) {
            setPercent(coupon, new BigDecimal(percent));
            return;
        }
        coupon.put("amount_off", atLeastOne(params, "amount_off"));
        coupon.put("currency", currency(params.requireText("currency"), "currency"));
        if (params.hasValue("currency_options")) {
            coupon.set("_currency_options", options(params));
        }
    }

    private static void setPercent(ObjectNode coupon, BigDecimal percent) {
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw ApiError.invalid(null, "percent_off", "A percentage is greater than 0 and at most 100.");
        }
        BigDecimal plain = percent.stripTrailingZeros();
        if (plain.scale() <= 0) {
            coupon.put("percent_off", plain.longValueExact());
        } else {
            coupon.put("percent_off", plain);
        }
    }

    private static void setDuration(ObjectNode coupon, Params params) {
        String duration = params.text("duration", "once");
        coupon.put("duration", duration);
        if ("repeating".equals(duration)) {
            if (!params.hasValue("duration_in_months")) {
                throw ApiError.missing("duration_in_months");
            }
            coupon.put("duration_in_months", atLeastOne(params, "duration_in_months"));
        } else if (params.hasValue("duration_in_months")) {
            throw ApiError.invalid(null, "duration_in_months", "Only duration=repeating takes duration_in_months.");
        }
    }

    private void setLimits(ObjectNode coupon, Params params) {
        if (params.hasValue("max_redemptions")) {
            coupon.put("max_redemptions", atLeastOne(params, "max_redemptions"));
        }
        Long until = params.number("redeem_by");
        if (until != null && until <= world.now(null)) {
            throw ApiError.invalid(null, "redeem_by", "A coupon can be redeemed until a time in the future.");
        }
        coupon.put("redeem_by", until);
    }

    private void setProducts(ObjectNode coupon, Params given) {
        ArrayNode products = coupon.putObject("_applies_to").putArray("products");
        for (String product : given.texts("products")) {
            world.finder().inParam("product", product, given.name("products"));
            products.add(product);
        }
    }

    private static ObjectNode options(Params params) {
        ObjectNode options = Docs.object();
        Params given = params.group("currency_options");
        given.tree().fieldNames().forEachRemaining(code -> {
            String currency = currency(code, given.name(code));
            options.putObject(currency).put("amount_off", atLeastOne(given.group(code), "amount_off"));
        });
        return options;
    }

    private static void requireAmount(ObjectNode coupon, Params params) {
        if (coupon.path("amount_off").isNull()) {
            throw ApiError.invalid(
                    null, params.name("currency_options"), "Only a coupon with amount_off has currency_options.");
        }
    }

    private static long atLeastOne(Params params, String name) {
        long value = params.number(name, 0);
        if (value < 1) {
            throw ApiError.lessThan(1, params.name(name));
        }
        return value;
    }

    static String currency(String code, String param) {
        String lower = code.toLowerCase(Locale.ROOT);
        if (!lower.matches("[a-z]{3}")) {
            throw ApiError.invalid(null, param, "Invalid currency: " + code);
        }
        return lower;
    }
}
