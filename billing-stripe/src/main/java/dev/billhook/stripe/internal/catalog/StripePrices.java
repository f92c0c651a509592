package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.BillingException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.spi.provider.price.PriceGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.time.DateTimeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prices at Stripe. */
public final class StripePrices implements PriceGateway {
    private final PriceLookup lookup;
    private final PriceDocuments documents;
    private final PriceReader reader;

    /** Prices of the account the calls go to. */
    public StripePrices(StripeApi api, PriceLookup lookup) {
        this.lookup = lookup;
        this.documents = new PriceDocuments(api);
        this.reader = new PriceReader(new Meters(api)::eventNames);
    }

    @Override
    public Optional<Price> current(PlanKey plan) {
        return lookup.find(plan, true).flatMap(price -> find(Json.requireText(price, "id")));
    }

    @Override
    public Optional<Price> find(String priceId) {
        try {
            JsonNode price = documents.get(priceId);
            return Optional.of(new Price(priceId, reader.interval(price), pricing(price)));
        } catch (ProviderObjectMissingException e) {
            return Optional.empty();
        }
    }

    private @Nullable Pricing pricing(JsonNode price) {
        try {
            return reader.pricing(price).orElse(null);
        } catch (ProviderException e) {
            throw e;
        } catch (BillingException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return null;
        }
    }
}
