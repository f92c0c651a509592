package dev.billhook.stripe.internal.checkout;

import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionCreateParams.PaymentMethodCollection;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData.TrialSettings;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData.TrialSettings.EndBehavior;
import com.stripe.param.checkout.SessionExpireParams;
import dev.billhook.RequestKey;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.error.ProviderException;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.CheckoutReader;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.StripeApi;

/** Stripe Checkout, hosted page. */
public final class StripeCheckout implements CheckoutGateway {
    private static final String COLLECTION = "/v1/checkout/sessions";
    private static final int LONGEST_REFERENCE = 200;

    private final StripeApi api;
    private final PriceLookup prices;

    /** Pages of the account the calls go to. */
    public StripeCheckout(StripeApi api, PriceLookup prices) {
        this.api = api;
        this.prices = prices;
    }

    @Override
    public Session open(String customerId, CheckoutRequest request, Plan plan, RequestKey key) {
        String account = request.account().toString();
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setCustomer(customerId)
                .setSuccessUrl(request.successUrl().toString())
                .setCancelUrl(request.cancelUrl().toString())
                .addLineItem(lineItem(request, plan))
                .putMetadata(Metadata.ACCOUNT, account)
                .putMetadata(Metadata.PLAN, plan.key().value());
        if (plan.setUpFee() != null) {
            String fee = prices.get(plan.setUpFee()).id();
            params.addLineItem(LineItem.builder().setPrice(fee).setQuantity(1L).build());
        }
        if (account.length() <= LONGEST_REFERENCE) {
            params.setClientReferenceId(account);
        }
        if (plan.interval().recurring()) {
            subscribe(params, account, plan);
        } else {
            params.setMode(Mode.PAYMENT)
                    .setPaymentIntentData(PaymentIntentData.builder()
                            .putMetadata(Metadata.ACCOUNT, account)
                            .build());
        }
        return current(
                api.post("open Checkout for plan " + plan.key(), "checkout.open", COLLECTION, params.build(), key));
    }

    @Override
    public Session fetch(String sessionId) {
        return api.get("read Checkout session " + sessionId, StripeApi.path(COLLECTION, sessionId))
                .read(CheckoutReader::read);
    }

    @Override
    public Session expire(String sessionId, RequestKey key) {
        try {
            String path = StripeApi.path(COLLECTION, sessionId) + "/expire";
            SessionExpireParams params = SessionExpireParams.builder().build();
            return current(api.post("expire Checkout session " + sessionId, "checkout.expire", path, params, key));
        } catch (ProviderException e) {
            if (e.category() != ProviderException.Category.INVALID_REQUEST) {
                throw e;
            }
            // Only open sessions expire: it was paid or ran out meanwhile.
            Session now = fetch(sessionId);
            if (now.status() == CheckoutStatus.OPEN) {
                throw e;
            }
            return now;
        }
    }

    private LineItem lineItem(CheckoutRequest request, Plan plan) {
        PriceLookup.Found price = prices.get(plan.key());
        LineItem.Builder item = LineItem.builder().setPrice(price.id());
        return price.metered()
                ? item.build()
                : item.setQuantity(plan.units().billed(request.units())).build();
    }

    private static void subscribe(SessionCreateParams.Builder params, String account, Plan plan) {
        SubscriptionData.Builder data = SubscriptionData.builder().putMetadata(Metadata.ACCOUNT, account);
        TrialTerms trial = plan.trial();
        if (trial != null) {
            data.setTrialPeriodDays((long) trial.days());
            if (!trial.cardRequired()) {
                params.setPaymentMethodCollection(PaymentMethodCollection.IF_REQUIRED);
                data.setTrialSettings(endWithoutCard());
            }
        }
        params.setMode(Mode.SUBSCRIPTION).setSubscriptionData(data.build());
    }

    private static TrialSettings endWithoutCard() {
        return TrialSettings.builder()
                .setEndBehavior(EndBehavior.builder()
                        .setMissingPaymentMethod(EndBehavior.MissingPaymentMethod.CANCEL)
                        .build())
                .build();
    }

    /** A repeated answer tells the state of back then, so the present one is read. */
    private Session current(Answer answer) {
        Session told = answer.read(CheckoutReader::read);
        return answer.replayed() ? fetch(told.id()) : told;
    }
}
