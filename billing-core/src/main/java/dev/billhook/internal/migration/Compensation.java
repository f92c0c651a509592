package dev.billhook.internal.migration;

import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.discount.PromotionCode;
import dev.billhook.spi.provider.discount.DiscountGateway;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.util.List;

/** What those who are moved get. */
final class Compensation {
    private final DiscountGateway gateway;
    private final Touch touch;
    private final String codeId;

    /**
     * Looks the code up.
     *
     * @throws NotFoundException if it cannot be redeemed
     */
    Compensation(DiscountGateway gateway, Touch touch, String code, Instant now) {
        this.gateway = gateway;
        this.touch = touch;
        this.codeId = gateway.find(code).stream()
                .filter(found -> found.live(now))
                .map(PromotionCode::id)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "promotion code", code, "It is unknown, expired or used up; make another one and run again."));
    }

    /** Redeems the code next to the discounts there are, once. */
    void give(Subscription moved, String migration) {
        List<BillingTerms.Discount> present = moved.terms().discounts();
        if (present.stream().anyMatch(discount -> codeId.equals(discount.promotionCode()))) {
            return;
        }
        List<String> kept = present.stream().map(BillingTerms.Discount::id).toList();
        RequestKey key = RequestKey.derived("compensation", migration, moved.id(), codeId, kept);
        touch.change(moved, () -> gateway.set(moved.id(), kept, codeId, key));
    }
}
