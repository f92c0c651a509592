package dev.billhook.simulator.resource.discount;

import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of coupons, promotion codes and discounts. */
public final class DiscountEndpoints {
    private DiscountEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, DiscountEngine engine) {
        new CouponResource(kit, engine.coupons());
        new PromotionCodeResource(kit, engine.codes());
        kit.router()
                .delete(
                        "/v1/customers/{id}/discount",
                        ApiKit.NOTHING,
                        call -> engine.discounts().removeFromCustomer(call.id()))
                .delete(
                        "/v1/subscriptions/{id}/discount",
                        ApiKit.NOTHING,
                        call -> engine.discounts().removeFromSubscription(call.id()));
    }
}
