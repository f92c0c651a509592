package dev.billhook.stripe.internal.checkout;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.PromotionCodeListParams;
import dev.billhook.NotFoundException;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.StripeApi;

/** Finds promotion codes by what customers write. */
final class PromotionCodes {
    private final StripeApi api;

    PromotionCodes(StripeApi api) {
        this.api = api;
    }

    /**
     * Stripe's id of the active code.
     *
     * @throws NotFoundException if there is none
     */
    String idOf(String code) {
        PromotionCodeListParams params = PromotionCodeListParams.builder()
                .setCode(code)
                .setActive(true)
                .setLimit(1L)
                .build();
        JsonNode found = api.get("look up a promotion code", "/v1/promotion_codes", params)
                .read(list -> list.path("data").path(0));
        if (!found.isObject()) {
            throw new NotFoundException(
                    "promotion code", code, "It is unknown, expired or used up; ask for another one.");
        }
        return Json.requireText(found, "id");
    }
}
