package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes and changes promotion codes: words a customer may enter for a coupon. Source: Stripe API reference, "Promotion Code". */
public final class PromotionCodes {
    static final String TYPE = "promotion_code";
    private static final int CODE_LENGTH = 8;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"promotion_code","active":true,"code":"","created":0,"customer":null,
         "customer_account":null,"expires_at":null,"livemode":false,"max_redemptions":null,"metadata":{},
         "promotion":{"coupon":null,"type":"coupon"},"restrictions":{"first_time_transaction":false,
         "minimum_amount":null,"minimum_amount_currency":null},"times_redeemed":0}\
        """);

    private final World world;

    PromotionCodes(World world) {
        this.world = world;
        world.renderer().complete(TYPE, code -> code.put("active", isActive(code, world.now(null))));
    }

    /** A new promotion code. */
    public ObjectNode create(Params params) {
        Params promotion = params.group("promotion");
        String couponId = promotion.requireText("coupon");
        ObjectNode coupon = world.finder().inParam(Coupons.TYPE, couponId, promotion.name("coupon"));
        ObjectNode code = world.create(SHAPE, world.ids().next("promo"), null);
        Docs.child(code, "promotion").put("coupon", couponId);
        String customer = params.text("customer");
        if (customer != null) {
            world.finder().inParam("customer", customer, "customer");
            code.put("customer", customer);
        }
        code.put("code", params.text("code", world.ids().letters(CODE_LENGTH).toUpperCase(Locale.ROOT)));
        if (!Docs.textOf(code, "code").matches("[A-Za-z0-9_-]{1,500}")) {
            throw ApiError.invalid(null, "code", "A promotion code consists of letters, digits, '-' and '_'.");
        }
        code.put("active", !params.has("active") || params.flag("active"));
        setLimits(code, coupon, params);
        setRestrictions(code, params.group("restrictions"));
        params.mergeMetadata(code);
        refuseSecond(code);
        world.store().insert(code);
        world.events().emit("promotion_code.created", code);
        return code;
    }

    /** Switches a promotion code on or off and changes its metadata. */
    public ObjectNode update(String id, Params params) {
        ObjectNode code = world.finder().editInUrl(TYPE, id);
        if (params.has("active")) {
            code.put("active", params.flag("active"));
            if (params.flag("active") && !isActive(code, world.now(null))) {
                throw ApiError.invalid(
                        null, "active", "This promotion code or its coupon is expired or used up; it stays inactive.");
            }
            refuseSecond(code);
        }
        options(code, params.group("restrictions"));
        params.mergeMetadata(code);
        world.events().emitUpdated("promotion_code.updated", code);
        return code;
    }

    /** The active code with this text, in any case, that this customer may use; one of its own before one for all. */
    public Optional<ObjectNode> entered(String text, @Nullable String customer) {
        String wanted = text.strip();
        return world.store()
                .newestFirst(TYPE)
                .filter(code -> wanted.equalsIgnoreCase(Docs.text(code, "code")))
                .filter(code -> isActive(code, world.now(null)))
                .filter(code -> {
                    String owner = Docs.text(code, "customer");
                    return owner == null || owner.equals(customer);
                })
                .findFirst();
    }

    /** Whether a code can be redeemed: switched on, not expired, not used up, and its coupon valid. */
    public boolean isActive(ObjectNode code, long now) {
        Long until = Docs.number(code, "expires_at");
        ObjectNode coupon = coupon(code);
        return Docs.flag(code, "active")
                && (until == null || now <= until)
                && !isUsedUp(code)
                && coupon != null
                && Coupons.isValid(coupon, now);
    }

    static boolean isUsedUp(ObjectNode code) {
        Long most = Docs.number(code, "max_redemptions");
        return most != null && Docs.numberOf(code, "times_redeemed") >= most;
    }

    /** The smallest amounts in every currency, as an expanded {@code restrictions.currency_options} shows them. */
    public ObjectNode currencyOptions(String id) {
        ObjectNode restrictions = Docs.child(world.finder().inUrl(TYPE, id), "restrictions");
        ObjectNode options = Docs.object();
        String currency = Docs.text(restrictions, "minimum_amount_currency");
        if (currency != null) {
            options.putObject(currency).put("minimum_amount", Docs.numberOf(restrictions, "minimum_amount"));
        }
        return options.setAll(Docs.child(restrictions, "_currency_options").deepCopy());
    }

    /** The smallest amount in a currency, or null if there is none. */
    @Nullable Long minimum(ObjectNode code, String currency) {
        ObjectNode restrictions = Docs.child(code, "restrictions");
        return currency.equals(Docs.text(restrictions, "minimum_amount_currency"))
                ? Docs.number(restrictions, "minimum_amount")
                : Docs.number(Docs.child(Docs.child(restrictions, "_currency_options"), currency), "minimum_amount");
    }

    /** The coupon behind a code; null when it was deleted. */
    @Nullable ObjectNode coupon(ObjectNode code) {
        String id = Docs.text(Docs.child(code, "promotion"), "coupon");
        return id == null ? null : world.store().find(Coupons.TYPE, id);
    }

    /** Counts a redemption. */
    void redeemed(String id) {
        ObjectNode code = world.store().edit(TYPE, id);
        code.put("times_redeemed", Docs.numberOf(code, "times_redeemed") + 1);
    }

    private void setLimits(ObjectNode code, ObjectNode coupon, Params params) {
        Long most = params.number("max_redemptions");
        Long couponMost = Docs.number(coupon, "max_redemptions");
        if (most != null && (most < 1 || (couponMost != null && most > couponMost))) {
            throw ApiError.invalid(
                    null, "max_redemptions", "A code is redeemed at least once and not more often than its coupon.");
        }
        code.put("max_redemptions", most);
        Long until = params.number("expires_at");
        Long couponUntil = Docs.number(coupon, "redeem_by");
        if (until != null && (until <= world.now(null) || (couponUntil != null && until > couponUntil))) {
            throw ApiError.invalid(null, "expires_at", "A code expires in the future and not after its coupon.");
        }
        code.put("expires_at", until);
    }

    private static void setRestrictions(ObjectNode code, Params given) {
        ObjectNode restrictions = Docs.child(code, "restrictions");
        given.copyTo(restrictions, "first_time_transaction", "minimum_amount");
        if (given.hasValue("minimum_amount")) {
            String param = given.name("minimum_amount_currency");
            restrictions.put(
                    "minimum_amount_currency", Coupons.currency(given.requireText("minimum_amount_currency"), param));
        }
        options(code, given);
    }

    private static void options(ObjectNode code, Params given) {
        if (given.hasValue("currency_options")) {
            ObjectNode options = Docs.ensure(Docs.child(code, "restrictions"), "_currency_options");
            options.setAll(given.group("currency_options").tree().deepCopy());
        }
    }

    private void refuseSecond(ObjectNode code) {
        String id = Docs.textOf(code, "id");
        boolean taken = Docs.flag(code, "active")
                && world.store()
                        .newestFirst(TYPE)
                        .anyMatch(other -> !id.equals(Docs.text(other, "id"))
                                && Docs.textOf(code, "code").equalsIgnoreCase(Docs.text(other, "code"))
                                && code.path("customer").equals(other.path("customer"))
                                && isActive(other, world.now(null)));
        if (taken) {
            throw ApiError.invalid(
                    "resource_already_exists",
                    "code",
                    "An active promotion code with `code: " + Docs.text(code, "code") + "` already exists.");
        }
    }
}
