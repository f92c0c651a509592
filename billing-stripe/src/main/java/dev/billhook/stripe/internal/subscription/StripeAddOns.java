package dev.billhook.stripe.internal.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.CollectionMethod;
import com.stripe.param.SubscriptionCreateParams.Item;
import com.stripe.param.SubscriptionCreateParams.PaymentBehavior;
import com.stripe.param.SubscriptionCreateParams.ProrationBehavior;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.addon.AddOnGateway;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.StripeApi;

/** Add-ons with subscriptions of their own at Stripe. */
public final class StripeAddOns implements AddOnGateway {
    private static final String COLLECTION = "/v1/subscriptions";

    private final StripeApi api;
    private final PriceLookup prices;
    private final SubscriptionDocuments documents;

    /** Subscriptions of the account the calls go to. */
    public StripeAddOns(StripeApi api, PriceLookup prices, SubscriptionDocuments documents) {
        this.api = api;
        this.prices = prices;
        this.documents = documents;
    }

    @Override
    public Fetched<SubscriptionSnapshot> subscribe(
            AccountRef account, String mainId, Plan plan, long units, boolean prorate, RequestKey key) {
        Answer main = documents.get(mainId);
        PriceLookup.Found price = prices.get(plan.key());
        Item.Builder item = Item.builder().setPrice(price.id());
        SubscriptionCreateParams.Builder params = likeMain(main.body())
                .addItem(
                        price.metered() ? item.build() : item.setQuantity(units).build())
                .setPaymentBehavior(PaymentBehavior.ERROR_IF_INCOMPLETE)
                .setProrationBehavior(prorate ? ProrationBehavior.CREATE_PRORATIONS : ProrationBehavior.NONE)
                .setOffSession(true)
                .putMetadata(Metadata.ACCOUNT, account.toString());
        if ("trialing".equals(Json.text(main.body(), "status"))) {
            params.setTrialEnd(Json.requireNumber(main.body(), "trial_end"));
        } else {
            BillingDate.of(main, documents.read(main).value().subscription()).alignTo(params, plan.interval());
        }
        Answer made = api.post(
                "subscribe to add-on " + plan.key(),
                "subscription.add-on",
                COLLECTION,
                params.addAllExpand(SubscriptionDocuments.TOLD).build(),
                key);
        return documents.current(made.read(body -> Json.requireText(body, "id")), made);
    }

    /** Who pays, in which currency and how. */
    private static SubscriptionCreateParams.Builder likeMain(JsonNode main) {
        SubscriptionCreateParams.Builder params = SubscriptionCreateParams.builder()
                .setCustomer(Json.id(main, "customer"))
                .setCurrency(Json.requireText(main, "currency"))
                .setDefaultPaymentMethod(Json.id(main, "default_payment_method"))
                .setDefaultSource(Json.id(main, "default_source"));
        if ("send_invoice".equals(Json.text(main, "collection_method"))) {
            params.setCollectionMethod(CollectionMethod.SEND_INVOICE)
                    .setDaysUntilDue(Json.number(main, "days_until_due"));
        }
        return params;
    }
}
