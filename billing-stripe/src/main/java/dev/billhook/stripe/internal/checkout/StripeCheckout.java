package dev.billhook.stripe.internal.checkout;

import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.SetupIntentData;
import com.stripe.param.checkout.SessionExpireParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import dev.billhook.RequestKey;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.CheckoutReader;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.Locale;

/** Stripe Checkout, hosted page. */
public final class StripeCheckout implements CheckoutGateway {
    private static final String COLLECTION = "/v1/checkout/sessions";
    /** Tells the card that was left. */
    private static final String SET_UP = "setup_intent";
    /** Tells whether a payment that takes days failed. */
    private static final String PAYMENT = "payment_intent";

    private final StripeApi api;
    private final OrderParams orders;

    /** Pages of the account the calls go to. */
    public StripeCheckout(StripeApi api, PriceLookup prices) {
        this.api = api;
        this.orders = new OrderParams(prices, new PromotionCodes(api));
    }

    @Override
    public Session open(String customerId, Order order, RequestKey key) {
        SessionCreateParams params = orders.write(customerId, order);
        String operation = "open Checkout for plan " + order.main().plan().key();
        return current(api.post(operation, "checkout.open", COLLECTION, params, key));
    }

    @Override
    public Session openCardUpdate(String customerId, CardUpdate update, RequestKey key) {
        String account = update.account().toString();
        SessionCreateParams params = SessionCreateParams.builder()
                .setMode(Mode.SETUP)
                .setCustomer(customerId)
                .setCurrency(update.currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .setSuccessUrl(update.successUrl().toString())
                .setCancelUrl(update.cancelUrl().toString())
                .putMetadata(Metadata.ACCOUNT, account)
                .setSetupIntentData(SetupIntentData.builder()
                        .putMetadata(Metadata.ACCOUNT, account)
                        .build())
                .build();
        return current(api.post("open Checkout for a new card", "checkout.card", COLLECTION, params, key));
    }

    @Override
    public Session fetch(String sessionId) {
        SessionRetrieveParams params = SessionRetrieveParams.builder()
                .addExpand(SET_UP)
                .addExpand(PAYMENT)
                .build();
        return api.get("read Checkout session " + sessionId, StripeApi.path(COLLECTION, sessionId), params)
                .read(CheckoutReader::read);
    }

    @Override
    public Session expire(String sessionId, RequestKey key) {
        try {
            String path = StripeApi.path(COLLECTION, sessionId) + "/expire";
            SessionExpireParams params = SessionExpireParams.builder()
                    .addExpand(SET_UP)
                    .addExpand(PAYMENT)
                    .build();
            return current(api.post("expire Checkout session " + sessionId, "checkout.expire", path, params, key));
        } catch (RequestRefusedException e) {
            // Only open sessions expire: it was paid or ran out meanwhile.
            Session now = fetch(sessionId);
            if (now.status() == CheckoutStatus.OPEN) {
                throw e;
            }
            return now;
        }
    }

    /** A repeated answer tells the state of back then, so the present one is read. */
    private Session current(Answer answer) {
        Session told = answer.read(CheckoutReader::read);
        return answer.replayed() ? fetch(told.id()) : told;
    }
}
