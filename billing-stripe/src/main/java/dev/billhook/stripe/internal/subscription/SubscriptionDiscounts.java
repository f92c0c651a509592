package dev.billhook.stripe.internal.subscription;

import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.Discount;
import com.stripe.param.common.EmptyParam;
import dev.billhook.RequestKey;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.schedule.StripeSchedules;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Discounts of subscriptions. A list that is sent replaces the one that is there, so it names what stays. The steps of a schedule
 * name their own, so those of Billhook's schedules are written anew.
 */
public final class SubscriptionDiscounts {
    private final StripeApi api;
    private final SubscriptionDocuments documents;

    /** Discounts of the account the calls go to. */
    public SubscriptionDiscounts(StripeApi api, SubscriptionDocuments documents) {
        this.api = api;
        this.documents = documents;
    }

    /** See {@link dev.billhook.spi.provider.discount.DiscountGateway#set}. */
    public Fetched<SubscriptionSnapshot> set(
            String subscriptionId, List<String> kept, @Nullable String promotionCodeId, RequestKey key) {
        SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder();
        kept.forEach(id -> params.addDiscount(Discount.builder().setDiscount(id).build()));
        if (promotionCodeId != null) {
            params.addDiscount(
                    Discount.builder().setPromotionCode(promotionCodeId).build());
        } else if (kept.isEmpty()) {
            params.setDiscounts(EmptyParam.EMPTY);
        }
        Answer answer = api.post(
                "set the discounts of subscription " + subscriptionId,
                "subscription.discounts",
                StripeApi.path("/v1/subscriptions", subscriptionId),
                params.addAllExpand(SubscriptionDocuments.TOLD).build(),
                key);
        // A repeated answer tells the state of back then, so the present one is read.
        Answer now = answer.replayed() ? documents.get(subscriptionId) : answer;
        StripeSchedules.again(api, now.read(documents::complete), "discounts", key);
        return now.fetched(body -> SubscriptionReader.read(documents.complete(body)));
    }
}
