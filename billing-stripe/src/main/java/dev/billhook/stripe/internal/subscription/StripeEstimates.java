package dev.billhook.stripe.internal.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceCreatePreviewParams.PreviewMode;
import com.stripe.param.InvoiceCreatePreviewParams.ScheduleDetails;
import com.stripe.param.InvoiceCreatePreviewParams.SubscriptionDetails;
import com.stripe.param.InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior;
import dev.billhook.RequestKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.invoice.Estimate;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.invoice.PlanOfPrice;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.schedule.SchedulePhases;
import dev.billhook.stripe.internal.schedule.StripeSchedules;
import dev.billhook.stripe.internal.transport.StripeApi;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stripe's previews of invoices. */
public final class StripeEstimates implements EstimateGateway {
    private static final String PATH = "/v1/invoices/create_preview";
    private static final String ITEMS = "items";

    private final StripeApi api;
    private final SubscriptionDocuments documents;
    private final LineChanges lines;
    private final SchedulePhases phases;

    /** Previews of the account the calls go to. */
    public StripeEstimates(StripeApi api, PriceLookup prices, SubscriptionDocuments documents) {
        this.api = api;
        this.documents = documents;
        this.lines = new LineChanges(prices);
        this.phases = new SchedulePhases(prices);
    }

    @Override
    public Optional<Estimate> next(String subscriptionId) {
        JsonNode subscription = documents.get(subscriptionId).read(documents::complete);
        return preview(subscription, of(subscription)).map(EstimateReader::read);
    }

    @Override
    public Optional<Estimate> afterChange(
            String subscriptionId, List<ItemChange> changes, Timing timing, Instant prorationDate) {
        JsonNode subscription = documents.get(subscriptionId).read(documents::complete);
        if (changes.isEmpty()) {
            return preview(subscription, of(subscription)).map(EstimateReader::read);
        }
        if (!timing.now()) {
            return atRenewal(subscription, changes);
        }
        SubscriptionDetails.Builder details = SubscriptionDetails.builder()
                .setProrationBehavior(
                        ProrationBehavior.valueOf(LineChanges.behavior(timing).name()));
        if (timing != Timing.NOW_WITHOUT_PRORATION) {
            details.setProrationDate(prorationDate.getEpochSecond());
        }
        return preview(subscription, changed(subscription, details, changes)).map(EstimateReader::read);
    }

    @Override
    public Optional<Estimate> recurring(String subscriptionId, List<ItemChange> changes) {
        JsonNode subscription = documents.get(subscriptionId).read(documents::complete);
        if (Json.node(subscription, "schedule") != null) {
            // What is scheduled would be in the way of the lines that are asked about.
            return scheduled(subscription, changes).map(EstimateReader::read);
        }
        SubscriptionDetails.Builder details =
                SubscriptionDetails.builder().setProrationBehavior(ProrationBehavior.NONE);
        InvoiceCreatePreviewParams.Builder params =
                changed(subscription, details, changes).setPreviewMode(PreviewMode.RECURRING);
        // An invoice that would be made at once is of the period the change begins; what follows begins with its end.
        return preview(subscription, params)
                .map(invoice -> isOfPresent(invoice, subscription)
                        ? EstimateReader.after(invoice, EstimateReader.end(invoice))
                        : EstimateReader.read(invoice));
    }

    @Override
    public Optional<Estimate> afterEnd(String subscriptionId, Instant at) {
        JsonNode subscription = documents.get(subscriptionId).read(documents::complete);
        SubscriptionDetails details = SubscriptionDetails.builder()
                .setCancelNow(true)
                .setProrationBehavior(ProrationBehavior.CREATE_PRORATIONS)
                .setProrationDate(at.getEpochSecond())
                .build();
        return preview(subscription, of(subscription).setSubscriptionDetails(details))
                .map(EstimateReader::read)
                .filter(estimate -> !estimate.lines().isEmpty());
    }

    private Optional<Estimate> atRenewal(JsonNode subscription, List<ItemChange> changes) {
        if (Json.node(subscription, "schedule") != null) {
            return scheduled(subscription, changes).map(EstimateReader::read);
        }
        SubscriptionDetails.Builder details =
                SubscriptionDetails.builder().setProrationBehavior(ProrationBehavior.NONE);
        // Where the lines begin anew, Stripe shows the invoice they would make at once; it is the one the renewal will
        // make.
        return preview(subscription, changed(subscription, details, changes))
                .map(invoice -> isOfPresent(invoice, subscription)
                        ? EstimateReader.after(invoice, periodEnd(subscription))
                        : EstimateReader.read(invoice));
    }

    /** The next invoice once the schedule lets the lines change at renewal. */
    private Optional<EstimateReader.Preview> scheduled(JsonNode subscription, List<ItemChange> changes) {
        JsonNode schedule = subscription.path("schedule");
        ScheduleDetails.Builder details = ScheduleDetails.builder();
        details.putAllExtraParam(
                StripeSchedules.course(phases.present(subscription, schedule), phases.next(subscription, changes))
                        .build()
                        .toMap());
        return preview(
                subscription,
                InvoiceCreatePreviewParams.builder()
                        .setSchedule(Json.requireText(schedule, "id"))
                        .setScheduleDetails(details.build()));
    }

    private InvoiceCreatePreviewParams.Builder changed(
            JsonNode subscription, SubscriptionDetails.Builder details, List<ItemChange> changes) {
        Map<String, Object> update = lines.update(changes).build().toMap();
        InvoiceCreatePreviewParams.Builder params = of(subscription);
        if (update.containsKey(ITEMS)) {
            details.putExtraParam(ITEMS, update.get(ITEMS));
        }
        if (update.containsKey("add_invoice_items")) {
            params.putExtraParam("invoice_items", update.get("add_invoice_items"));
        }
        return params.setSubscriptionDetails(details.build());
    }

    private static InvoiceCreatePreviewParams.Builder of(JsonNode subscription) {
        return InvoiceCreatePreviewParams.builder().setSubscription(Json.requireText(subscription, "id"));
    }

    /** Empty if nothing follows: Stripe refuses to preview then, and only a subscription that ends can be one of those. */
    private Optional<EstimateReader.Preview> preview(JsonNode subscription, InvoiceCreatePreviewParams.Builder params) {
        Subscription state = SubscriptionReader.read(subscription).subscription();
        if (state.status().ended()) {
            return Optional.empty();
        }
        PlanOfPrice plans = new PlanOfPrice(api);
        subscription.path(ITEMS).path("data").forEach(item -> plans.know(item.path("price")));
        try {
            return Optional.of(api.post(
                            "preview an invoice of subscription " + state.id(),
                            "invoice.preview",
                            PATH,
                            params.addExpand("total_discount_amounts.discount").build(),
                            RequestKey.random())
                    .read(invoice -> EstimateReader.preview(api, invoice, plans)));
        } catch (ProviderException e) {
            boolean refused = e.category() == Category.NOT_FOUND || e.category() == Category.INVALID_REQUEST;
            if (refused && state.pendingEnd().isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isOfPresent(EstimateReader.Preview preview, JsonNode subscription) {
        return EstimateReader.read(preview).at().isBefore(periodEnd(subscription));
    }

    private static Instant periodEnd(JsonNode subscription) {
        return SchedulePhases.periodEnd(subscription);
    }
}
