package dev.billhook.stripe.internal.checkout;

import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.param.billingportal.SessionCreateParams.FlowData;
import com.stripe.param.billingportal.SessionCreateParams.FlowData.AfterCompletion;
import com.stripe.param.billingportal.SessionCreateParams.FlowData.SubscriptionCancel;
import com.stripe.param.billingportal.SessionCreateParams.FlowData.SubscriptionCancel.Retention;
import com.stripe.param.billingportal.SessionCreateParams.FlowData.SubscriptionUpdate;
import com.stripe.param.billingportal.SessionCreateParams.FlowData.SubscriptionUpdateConfirm;
import dev.billhook.RequestKey;
import dev.billhook.checkout.PortalRequest.After;
import dev.billhook.spi.provider.PortalGateway;
import dev.billhook.stripe.internal.catalog.PortalConfigurations;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.net.URI;

/** Stripe's Customer Portal. */
public final class StripePortal implements PortalGateway {
    private final StripeApi api;
    private final PriceLookup prices;
    private final PortalConfigurations configurations;

    /** The portal of the account the calls go to. */
    public StripePortal(StripeApi api, PriceLookup prices) {
        this.api = api;
        this.prices = prices;
        this.configurations = new PortalConfigurations(api);
    }

    @Override
    public URI open(String customerId, Visit visit, RequestKey key) {
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setCustomer(customerId)
                .setReturnUrl(visit.returnUrl().toString());
        if (visit.published()) {
            params.setConfiguration(configurations.id());
        }
        if (!(visit.errand() instanceof Errand.Home)) {
            params.setFlowData(flow(visit.errand())
                    .setAfterCompletion(after(visit.after()))
                    .build());
        }
        return api.post("open the portal", "portal.open", "/v1/billing_portal/sessions", params.build(), key)
                .read(session -> URI.create(Json.requireText(session, "url")));
    }

    private FlowData.Builder flow(Errand errand) {
        FlowData.Builder data = FlowData.builder();
        if (errand instanceof Errand.Cancel cancel) {
            return data.setType(FlowData.Type.SUBSCRIPTION_CANCEL).setSubscriptionCancel(cancel(cancel));
        }
        if (errand instanceof Errand.SwitchPlan update) {
            return data.setType(FlowData.Type.SUBSCRIPTION_UPDATE)
                    .setSubscriptionUpdate(SubscriptionUpdate.builder()
                            .setSubscription(update.subscriptionId())
                            .build());
        }
        if (errand instanceof Errand.ConfirmPlan confirm) {
            return data.setType(FlowData.Type.SUBSCRIPTION_UPDATE_CONFIRM)
                    .setSubscriptionUpdateConfirm(SubscriptionUpdateConfirm.builder()
                            .setSubscription(confirm.subscriptionId())
                            .addItem(item(confirm))
                            .build());
        }
        return data.setType(FlowData.Type.PAYMENT_METHOD_UPDATE);
    }

    private static SubscriptionCancel cancel(Errand.Cancel cancel) {
        SubscriptionCancel.Builder data = SubscriptionCancel.builder().setSubscription(cancel.subscriptionId());
        if (cancel.retentionCoupon() != null) {
            data.setRetention(Retention.builder()
                    .setType(Retention.Type.COUPON_OFFER)
                    .setCouponOffer(Retention.CouponOffer.builder()
                            .setCoupon(cancel.retentionCoupon())
                            .build())
                    .build());
        }
        return data.build();
    }

    private SubscriptionUpdateConfirm.Item item(Errand.ConfirmPlan confirm) {
        SubscriptionUpdateConfirm.Item.Builder item =
                SubscriptionUpdateConfirm.Item.builder().setId(confirm.itemId());
        if (confirm.plan() == null) {
            return item.setQuantity(confirm.units()).build();
        }
        PriceLookup.Found price = prices.get(confirm.plan());
        item.setPrice(price.id());
        return price.metered()
                ? item.build()
                : item.setQuantity(confirm.units()).build();
    }

    private static AfterCompletion after(After after) {
        AfterCompletion.Builder data = AfterCompletion.builder();
        if (after instanceof After.ReturnTo to) {
            return data.setType(AfterCompletion.Type.REDIRECT)
                    .setRedirect(AfterCompletion.Redirect.builder()
                            .setReturnUrl(to.url().toString())
                            .build())
                    .build();
        }
        if (after instanceof After.Confirmation confirmation) {
            AfterCompletion.HostedConfirmation.Builder page = AfterCompletion.HostedConfirmation.builder();
            if (confirmation.message() != null) {
                page.setCustomMessage(confirmation.message());
            }
            return data.setType(AfterCompletion.Type.HOSTED_CONFIRMATION)
                    .setHostedConfirmation(page.build())
                    .build();
        }
        return data.setType(AfterCompletion.Type.PORTAL_HOMEPAGE).build();
    }
}
