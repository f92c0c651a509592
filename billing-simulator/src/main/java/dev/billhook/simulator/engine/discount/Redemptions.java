package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** Decides whether a coupon or promotion code may be redeemed, and says why not. */
public final class Redemptions {
    private final World world;
    private final PromotionCodes codes;

    Redemptions(World world, PromotionCodes codes) {
        this.world = world;
        this.codes = codes;
    }

    /**
     * What somebody wants to buy with a discount.
     *
     * @param customer null while nobody is known, on a Checkout session
     * @param amount what is bought, before discounts, in minor units
     */
    public record Purchase(@Nullable ObjectNode customer, String currency, long amount) {}

    /** A coupon that may be redeemed, and the code that led to it. */
    public record Redeemed(ObjectNode coupon, @Nullable ObjectNode code) {}

    /** What one element of {@code discounts} names, checked for this purchase. */
    public Redeemed named(Params given, Purchase purchase) {
        String couponId = given.text("coupon");
        String codeId = given.text("promotion_code");
        if ((couponId == null) == (codeId == null)) {
            throw ApiError.invalid(
                    couponId == null ? "parameter_missing" : null,
                    given.name("coupon"),
                    "Each discount names exactly one of coupon, promotion_code and discount.");
        }
        if (couponId != null) {
            ObjectNode coupon = world.finder().inParam(Coupons.TYPE, couponId, given.name("coupon"));
            check(coupon, purchase, given.name("coupon"));
            return new Redeemed(coupon, null);
        }
        String param = given.name("promotion_code");
        return byCode(world.finder().inParam(PromotionCodes.TYPE, String.valueOf(codeId), param), purchase, param);
    }

    /** Whether what one element of {@code discounts} names may be redeemed for this purchase. */
    public boolean allow(Params given, Purchase purchase) {
        try {
            named(given, purchase);
            return true;
        } catch (ApiError refused) {
            return false;
        }
    }

    /** A promotion code, checked for this purchase. */
    public Redeemed byCode(ObjectNode code, Purchase purchase, String param) {
        String name = Docs.textOf(code, "code");
        ObjectNode coupon = codes.coupon(code);
        if (coupon == null || !Docs.flag(code, "active")) {
            throw refused(param, name, "it is not active");
        }
        long now = now(purchase);
        Long until = Docs.number(code, "expires_at");
        if (until != null && now > until) {
            throw refused(param, name, "it has expired");
        }
        if (PromotionCodes.isUsedUp(code)) {
            throw refused(param, name, "it has been redeemed as often as it may be");
        }
        checkCustomer(code, purchase, param);
        checkMinimum(code, purchase, param);
        check(coupon, purchase, param);
        return new Redeemed(coupon, code);
    }

    private void check(ObjectNode coupon, Purchase purchase, String param) {
        String id = Docs.textOf(coupon, "id");
        if (!Coupons.isValid(coupon, now(purchase))) {
            throw ApiError.invalid("coupon_expired", param, "Coupon expired: " + id);
        }
        boolean fixed = !coupon.path("amount_off").isNull();
        if (fixed && DiscountMath.amountOff(coupon, purchase.currency()) == null) {
            throw ApiError.invalid(
                    null,
                    param,
                    "The coupon " + id + " takes off an amount in " + Docs.text(coupon, "currency")
                            + " and cannot be used for a purchase in " + purchase.currency() + ".");
        }
    }

    private void checkCustomer(ObjectNode code, Purchase purchase, String param) {
        String owner = Docs.text(code, "customer");
        ObjectNode customer = purchase.customer();
        String id = customer == null ? null : Docs.textOf(customer, "id");
        if (owner != null && !owner.equals(id)) {
            throw refused(param, Docs.textOf(code, "code"), "it belongs to another customer");
        }
        if (id != null && Docs.flag(Docs.child(code, "restrictions"), "first_time_transaction") && hasPaid(id)) {
            throw refused(param, Docs.textOf(code, "code"), "the associated customer has prior transactions");
        }
    }

    private void checkMinimum(ObjectNode code, Purchase purchase, String param) {
        if (!Docs.child(code, "restrictions").hasNonNull("minimum_amount")) {
            return;
        }
        Long minimum = codes.minimum(code, purchase.currency());
        if (minimum == null) {
            throw refused(param, Docs.textOf(code, "code"), "it has no minimum amount in " + purchase.currency());
        }
        if (purchase.amount() < minimum) {
            throw refused(
                    param, Docs.textOf(code, "code"), "the purchase does not reach its minimum amount of " + minimum);
        }
    }

    private boolean hasPaid(String customer) {
        return world.store().newestFirst("charge", "customer", customer).anyMatch(charge -> Docs.flag(charge, "paid"))
                || world.store()
                        .newestFirst("invoice", "customer", customer)
                        .anyMatch(invoice -> Docs.numberOf(invoice, "amount_paid") > 0);
    }

    private long now(Purchase purchase) {
        ObjectNode customer = purchase.customer();
        return world.now(customer == null ? null : Docs.text(customer, "test_clock"));
    }

    private static ApiError refused(String param, String code, String why) {
        return ApiError.invalid(null, param, "The promotion code " + code + " cannot be redeemed because " + why + ".");
    }
}
