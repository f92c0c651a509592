package dev.billhook.stripe.internal.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.PriceRetrieveParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.BillingMode;
import com.stripe.param.SubscriptionCreateParams.Item;
import com.stripe.param.SubscriptionCreateParams.PaymentBehavior;
import com.stripe.param.SubscriptionListParams;
import dev.billhook.RequestKey;
import dev.billhook.spi.provider.SubscriptionGateway.NewLine;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Begins subscriptions like ones that ended. */
final class StripeBeginnings {
    private static final String SEND_INVOICE = "send_invoice";
    private static final String DEFAULT_METHOD = "default_payment_method";
    private static final String COLLECTION = "/v1/subscriptions";
    /** Notes that are not handed down. */
    private static final Set<String> OF_THE_OLD = Set.of(Metadata.CONFIRMED, Metadata.PREDECESSOR);

    private final StripeApi api;
    private final PriceLookup prices;
    private final SubscriptionDocuments documents;

    StripeBeginnings(StripeApi api, PriceLookup prices, SubscriptionDocuments documents) {
        this.api = api;
        this.prices = prices;
        this.documents = documents;
    }

    /** Makes a subscription like the ended one of these lines. */
    Answer beginAgain(String endedId, List<NewLine> lines, RequestKey key) {
        JsonNode ended = documents.get(endedId).read(documents::complete);
        SubscriptionCreateParams.Builder params = SubscriptionCreateParams.builder()
                .setCustomer(customer(ended))
                .setCurrency(Json.text(ended, "currency"))
                .addAllExpand(SubscriptionDocuments.TOLD);
        lines.forEach(line -> params.addItem(item(line)));
        ended.path("default_tax_rates").forEach(rate -> params.addDefaultTaxRate(Json.requireText(rate, "id")));
        if (Json.flag(ended.path("automatic_tax"), "enabled")) {
            params.setAutomaticTax(SubscriptionCreateParams.AutomaticTax.builder()
                    .setEnabled(true)
                    .build());
        }
        String mode = Json.text(ended.path("billing_mode"), "type");
        if (mode != null) {
            params.setBillingMode(BillingMode.builder()
                    .setType(BillingMode.Type.valueOf(mode.toUpperCase(Locale.ROOT)))
                    .build());
        }
        collection(ended, params);
        ended.path("metadata").properties().forEach(entry -> {
            if (!OF_THE_OLD.contains(entry.getKey())) {
                params.putMetadata(entry.getKey(), entry.getValue().asText());
            }
        });
        params.putMetadata(Metadata.PREDECESSOR, endedId);
        // Another payment method is another attempt: Stripe repeats its refusal for the same key.
        RequestKey attempt = RequestKey.derived("again", key.value(), String.valueOf(chargedFrom(ended)));
        return api.post(
                "begin a subscription like " + endedId, "subscription.begin", COLLECTION, params.build(), attempt);
    }

    /** The customer's subscription that lives and was begun like the ended one. */
    Optional<String> findSuccessor(String endedId) {
        SubscriptionListParams.Builder params = SubscriptionListParams.builder()
                .setCustomer(customer(documents.get(endedId).body()))
                .setLimit(Pages.SIZE);
        List<String> found = new ArrayList<>();
        Pages.forEach(
                after -> api.get(
                        "list a customer's subscriptions",
                        COLLECTION,
                        params.setStartingAfter(after).build()),
                subscription -> {
                    if (endedId.equals(Metadata.value(subscription, Metadata.PREDECESSOR))) {
                        found.add(Json.requireText(subscription, "id"));
                    }
                });
        return found.stream().findFirst();
    }

    /** Whether a subscription like this one could be collected. */
    boolean canBeCharged(String endedId) {
        JsonNode ended = documents.get(endedId).body();
        return SEND_INVOICE.equals(Json.text(ended, "collection_method")) || chargedFrom(ended) != null;
    }

    /** Those of the prices that are active, as their products are. */
    Set<String> sellable(Set<String> priceIds) {
        Set<String> sellable = new HashSet<>();
        PriceRetrieveParams params =
                PriceRetrieveParams.builder().addExpand("product").build();
        for (String id : priceIds) {
            JsonNode price = api.get("read price " + id, StripeApi.path("/v1/prices", id), params)
                    .body();
            if (Json.flag(price, "active") && Json.flag(price.path("product"), "active")) {
                sellable.add(id);
            }
        }
        return sellable;
    }

    private void collection(JsonNode ended, SubscriptionCreateParams.Builder params) {
        if (SEND_INVOICE.equals(Json.text(ended, "collection_method"))) {
            params.setCollectionMethod(SubscriptionCreateParams.CollectionMethod.SEND_INVOICE)
                    .setDaysUntilDue(Json.number(ended, "days_until_due"));
            return;
        }
        params.setPaymentBehavior(PaymentBehavior.ERROR_IF_INCOMPLETE);
        if (ofCustomer(ended) == null) {
            params.setDefaultPaymentMethod(Json.id(ended, DEFAULT_METHOD));
        }
    }

    private Item item(NewLine line) {
        JsonNode price = line.plan() == null
                ? api.get("read price " + line.priceId(), StripeApi.path("/v1/prices", priceId(line)))
                        .body()
                : prices.get(line.plan()).document();
        Item.Builder item = Item.builder().setPrice(Json.requireText(price, "id"));
        return SubscriptionReader.metered(price)
                ? item.build()
                : item.setQuantity(line.quantity()).build();
    }

    private static String priceId(NewLine line) {
        return Objects.requireNonNull(line.priceId(), "a line has a plan or a price");
    }

    /** What the customer pays by now is newer than what the ended subscription was paid by. */
    private @Nullable String chargedFrom(JsonNode ended) {
        String present = ofCustomer(ended);
        return present == null ? Json.id(ended, DEFAULT_METHOD) : present;
    }

    private @Nullable String ofCustomer(JsonNode ended) {
        String id = customer(ended);
        JsonNode customer = api.get(
                        "read customer " + id,
                        StripeApi.path("/v1/customers", id),
                        CustomerRetrieveParams.builder().build())
                .body();
        String method = Json.id(customer.path("invoice_settings"), DEFAULT_METHOD);
        return method == null ? Json.id(customer, "default_source") : method;
    }

    private static String customer(JsonNode subscription) {
        String id = Json.id(subscription, "customer");
        if (id == null) {
            throw Json.malformed(subscription, "customer");
        }
        return id;
    }
}
