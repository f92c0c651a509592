package dev.billhook.stripe.internal.usage;

import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import dev.billhook.RequestKey;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.spi.provider.usage.UsageGateway;
import dev.billhook.stripe.internal.catalog.Meters;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Meter events and their summaries. Meters are made with the catalog and count the payload's {@code value}. */
public final class StripeUsage implements UsageGateway {
    private static final String EVENTS = "/v1/billing/meter_events";

    private final StripeApi api;
    private final Meters meters;

    /** Usage in the account the calls go to. */
    public StripeUsage(StripeApi api) {
        this.api = api;
        this.meters = new Meters(api);
    }

    @Override
    public void report(Report report, RequestKey key) {
        MeterEventCreateParams params = MeterEventCreateParams.builder()
                .setEventName(report.meter())
                .setIdentifier(report.identifier())
                .setTimestamp(report.occurredAt().getEpochSecond())
                .putPayload("stripe_customer_id", report.customerId())
                .putPayload("value", Long.toString(report.quantity()))
                .build();
        try {
            api.post("report usage of meter " + report.meter(), "meter.event", EVENTS, params, key);
        } catch (RequestRefusedException refused) {
            if (refused.code().filter(StripeApi.KNOWN_IDENTIFIER::equals).isEmpty()) {
                throw refused;
            }
        }
    }

    @Override
    public BigDecimal total(String meter, String customerId, Instant from, Instant until) {
        MeterEventSummaryListParams.Builder params = MeterEventSummaryListParams.builder()
                .setCustomer(customerId)
                .setStartTime(from.getEpochSecond())
                .setEndTime(until.getEpochSecond())
                .setLimit(Pages.SIZE);
        String summaries = StripeApi.path("/v1/billing/meters", idOf(meter)) + "/event_summaries";
        List<BigDecimal> values = new ArrayList<>();
        Pages.forEach(
                after -> api.get(
                        "sum up meter " + meter,
                        summaries,
                        params.setStartingAfter(after).build()),
                summary -> values.add(summary.path("aggregated_value").decimalValue()));
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String idOf(String meter) {
        return meters.eventNames().entrySet().stream()
                .filter(each -> each.getValue().equals(meter))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new ProviderObjectMissingException(
                        "Stripe has no active meter with the event name " + meter + "; publish the catalog",
                        null,
                        null));
    }
}
