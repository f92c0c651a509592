package dev.billhook.stripe.internal.quote;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.net.ApiRequestParams;
import com.stripe.param.QuoteAcceptParams;
import com.stripe.param.QuoteCancelParams;
import com.stripe.param.QuoteCreateParams;
import com.stripe.param.QuoteFinalizeQuoteParams;
import com.stripe.param.QuoteListLineItemsParams;
import com.stripe.param.QuoteListParams;
import com.stripe.param.QuoteRetrieveParams;
import com.stripe.param.QuoteUpdateParams;
import dev.billhook.RequestKey;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.quote.Quote;
import dev.billhook.spi.provider.invoice.QuoteGateway;
import dev.billhook.spi.provider.invoice.QuoteGateway.Start;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.Downloads;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import dev.billhook.subscription.CollectionMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Quotes at Stripe. */
public final class StripeQuotes implements QuoteGateway {
    private static final String COLLECTION = "/v1/quotes";
    private static final String LINES = "line_items";

    private final StripeApi api;
    private final PriceLookup prices;
    private final Downloads downloads;

    /** Quotes of the account the calls go to. */
    public StripeQuotes(StripeApi api, PriceLookup prices, Downloads downloads) {
        this.api = api;
        this.prices = prices;
        this.downloads = downloads;
    }

    @Override
    public Stored create(String customerId, Offer offer, RequestKey key) {
        String id = api.post(
                        "make a quote for plan " + offer.plan(),
                        "quote.create",
                        COLLECTION,
                        params(customerId, offer),
                        key)
                .read(quote -> Json.requireText(quote, "id"));
        return write(id, "finalize", QuoteFinalizeQuoteParams.builder().build(), key);
    }

    @Override
    public Optional<Stored> find(String quoteId) {
        try {
            return get(quoteId).read(quote -> QuoteDocument.ours(quote) ? Optional.of(read(quote)) : Optional.empty());
        } catch (ProviderObjectMissingException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Stored> list(String customerId) {
        QuoteListParams.Builder params = QuoteListParams.builder()
                .setCustomer(customerId)
                .setLimit(Pages.SIZE)
                .addExpand("data." + LINES);
        List<Stored> quotes = new ArrayList<>();
        Pages.forEach(
                after -> api.get(
                        "list a customer's quotes",
                        COLLECTION,
                        params.setStartingAfter(after).build()),
                quote -> {
                    if (QuoteDocument.ours(quote)) {
                        quotes.add(read(quote));
                    }
                });
        return quotes;
    }

    @Override
    public boolean priceHolds(Stored stored) {
        String offered = Metadata.value(get(stored.quote().id()).body(), Metadata.PRICE);
        return prices.get(stored.quote().plan()).id().equals(offered);
    }

    @Override
    public Stored accept(String quoteId, RequestKey key) {
        return write(quoteId, "accept", QuoteAcceptParams.builder().build(), key);
    }

    /** The change is made, so the quote is closed even if Stripe takes no note of why. */
    @Override
    public Stored closeAccepted(String quoteId, Quote.At effect, RequestKey key) {
        Answer now = get(quoteId);
        if ("canceled".equals(Json.text(now.body(), "status"))) {
            return now.read(this::read);
        }
        QuoteUpdateParams params = QuoteUpdateParams.builder()
                .putMetadata(Metadata.ACCEPTED, effect.name().toLowerCase(Locale.ROOT))
                .build();
        try {
            api.post("close quote " + quoteId, "quote.mark", StripeApi.path(COLLECTION, quoteId), params, key);
        } catch (RequestRefusedException e) {
            // Whether open quotes take metadata is not documented. Without, the quote is told as canceled.
        }
        return cancel(quoteId, key);
    }

    @Override
    public Stored cancel(String quoteId, RequestKey key) {
        return write(quoteId, "cancel", QuoteCancelParams.builder().build(), key);
    }

    @Override
    public byte[] pdf(String quoteId) {
        return downloads.apiPdf("fetch the PDF of quote " + quoteId, StripeApi.path(COLLECTION, quoteId) + "/pdf");
    }

    private QuoteCreateParams params(String customerId, Offer offer) {
        String account = offer.account().toString();
        QuoteCreateParams.Builder params = QuoteCreateParams.builder()
                .setCustomer(customerId)
                .setDescription(offer.memo())
                .setExpiresAt(
                        offer.expiresAt() == null ? null : offer.expiresAt().getEpochSecond())
                .putMetadata(Metadata.ACCOUNT, account)
                .putMetadata(Metadata.PLAN, offer.plan().value())
                .putMetadata(Metadata.PRICE, prices.get(offer.plan()).id())
                .setSubscriptionData(begun(account, offer.start()));
        if (offer.start().promotionCodeId() != null) {
            params.addDiscount(QuoteCreateParams.Discount.builder()
                    .setPromotionCode(offer.start().promotionCodeId())
                    .build());
        }
        if (offer.units() != null) {
            params.putMetadata(Metadata.UNITS, offer.units().toString());
        }
        if (offer.collection() instanceof CollectionMethod.Invoice invoice) {
            params.setCollectionMethod(QuoteCreateParams.CollectionMethod.SEND_INVOICE)
                    .setInvoiceSettings(QuoteCreateParams.InvoiceSettings.builder()
                            .setDaysUntilDue((long) invoice.daysUntilDue())
                            .build());
        }
        Change change = offer.change();
        if (change == null) {
            QuotedTerms.fresh(api, prices).put(params, offer.lines());
        } else {
            params.putMetadata(Metadata.SUBSCRIPTION, change.subscriptionId())
                    .putMetadata(Metadata.BEFORE, change.before())
                    .putMetadata(Metadata.AFTER, change.after());
            QuotedTerms.of(api, prices, change.subscriptionId()).put(params, offer.lines());
        }
        return params.build();
    }

    private static QuoteCreateParams.SubscriptionData begun(String account, Start start) {
        QuoteCreateParams.SubscriptionData.Builder data =
                QuoteCreateParams.SubscriptionData.builder().putMetadata(Metadata.ACCOUNT, account);
        if (start.trialDays() != null) {
            data.setTrialPeriodDays(start.trialDays().longValue());
        }
        return data.build();
    }

    private Stored write(String quoteId, String verb, ApiRequestParams params, RequestKey key) {
        String path = StripeApi.path(COLLECTION, quoteId) + "/" + verb;
        api.post(verb + " quote " + quoteId, "quote." + verb, path, params, key);
        // The answer may be a repeated one, and tells no lines.
        return get(quoteId).read(this::read);
    }

    private Answer get(String quoteId) {
        QuoteRetrieveParams params =
                QuoteRetrieveParams.builder().addExpand(LINES).build();
        return api.get("read quote " + quoteId, StripeApi.path(COLLECTION, quoteId), params);
    }

    /** A quote tells only its first lines. */
    private Stored read(JsonNode quote) {
        List<JsonNode> lines = new ArrayList<>();
        JsonNode told = quote.path(LINES);
        if (!Json.flag(told, "has_more")) {
            told.path("data").forEach(lines::add);
            return QuoteDocument.read(quote, lines);
        }
        String path = StripeApi.path(COLLECTION, Json.requireText(quote, "id")) + "/" + LINES;
        QuoteListLineItemsParams.Builder params =
                QuoteListLineItemsParams.builder().setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list a quote's lines",
                        path,
                        params.setStartingAfter(after).build()),
                lines::add);
        return QuoteDocument.read(quote, lines);
    }
}
