package dev.billhook.stripe.internal.checkout;

import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.param.billingportal.SessionCreateParams.FlowData;
import dev.billhook.RequestKey;
import dev.billhook.checkout.PortalFlow;
import dev.billhook.error.ProviderException;
import dev.billhook.spi.provider.PortalGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Stripe's Customer Portal. */
public final class StripePortal implements PortalGateway {
    private final StripeApi api;

    /** The portal of the account the calls go to. */
    public StripePortal(StripeApi api) {
        this.api = api;
    }

    @Override
    public URI open(
            String customerId, URI returnUrl, PortalFlow flow, @Nullable String subscriptionId, RequestKey key) {
        SessionCreateParams.Builder params =
                SessionCreateParams.builder().setCustomer(customerId).setReturnUrl(returnUrl.toString());
        if (flow != PortalFlow.HOME) {
            params.setFlowData(flowData(flow, subscriptionId));
        }
        return api.post("open the portal", "portal.open", "/v1/billing_portal/sessions", params.build(), key)
                .read(session -> URI.create(Json.requireText(session, "url")));
    }

    private static FlowData flowData(PortalFlow flow, @Nullable String subscriptionId) {
        FlowData.Builder data = FlowData.builder();
        switch (flow) {
            case CANCEL ->
                data.setType(FlowData.Type.SUBSCRIPTION_CANCEL)
                        .setSubscriptionCancel(FlowData.SubscriptionCancel.builder()
                                .setSubscription(require(flow, subscriptionId))
                                .build());
            case SWITCH_PLAN ->
                data.setType(FlowData.Type.SUBSCRIPTION_UPDATE)
                        .setSubscriptionUpdate(FlowData.SubscriptionUpdate.builder()
                                .setSubscription(require(flow, subscriptionId))
                                .build());
            case UPDATE_PAYMENT_METHOD, HOME -> data.setType(FlowData.Type.PAYMENT_METHOD_UPDATE);
        }
        return data.build();
    }

    private static String require(PortalFlow flow, @Nullable String subscriptionId) {
        if (subscriptionId == null) {
            throw ProviderException.of(
                    ProviderException.Category.INVALID_REQUEST,
                    "Portal flow " + flow + " needs a subscription; open it at " + PortalFlow.HOME + " instead",
                    null,
                    null);
        }
        return subscriptionId;
    }
}
