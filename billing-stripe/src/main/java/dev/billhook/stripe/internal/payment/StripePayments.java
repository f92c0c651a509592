package dev.billhook.stripe.internal.payment;

import dev.billhook.spi.provider.PaymentGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.Optional;

/** Charges at Stripe. */
public final class StripePayments implements PaymentGateway {
    private static final String COLLECTION = "/v1/charges";

    private final StripeApi api;

    /** Charges of the account the calls go to. */
    public StripePayments(StripeApi api) {
        this.api = api;
    }

    @Override
    public Optional<String> customerOf(String paymentId) {
        return api.get("read charge " + paymentId, StripeApi.path(COLLECTION, paymentId))
                .read(body -> Optional.ofNullable(Json.id(body, "customer")));
    }
}
