package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterCreateParams.DefaultAggregation;
import com.stripe.param.billing.MeterListParams;
import dev.billhook.RequestKey;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.LinkedHashMap;
import java.util.Map;

/** Billing meters, found by the name of the events they count. */
public final class Meters {
    private static final String COLLECTION = "/v1/billing/meters";

    private final StripeApi api;

    /** Meters of the account the calls go to. */
    public Meters(StripeApi api) {
        this.api = api;
    }

    /** Event names of the active meters by meter id. */
    public Map<String, String> eventNames() {
        Map<String, String> names = new LinkedHashMap<>();
        MeterListParams.Builder params = MeterListParams.builder()
                .setStatus(MeterListParams.Status.ACTIVE)
                .setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list meters",
                        COLLECTION,
                        params.setStartingAfter(after).build()),
                meter -> put(names, meter));
        return names;
    }

    /** The id of the meter that sums the events of the name; it is made if there is none. */
    String require(String eventName, RequestKey key) {
        for (Map.Entry<String, String> meter : eventNames().entrySet()) {
            if (eventName.equals(meter.getValue())) {
                return meter.getKey();
            }
        }
        MeterCreateParams params = MeterCreateParams.builder()
                .setEventName(eventName)
                .setDisplayName(eventName)
                .setDefaultAggregation(DefaultAggregation.builder()
                        .setFormula(DefaultAggregation.Formula.SUM)
                        .build())
                .build();
        return api.post("create meter " + eventName, "meter.create", COLLECTION, params, key)
                .read(meter -> Json.requireText(meter, "id"));
    }

    private static void put(Map<String, String> names, JsonNode meter) {
        String id = Json.text(meter, "id");
        String eventName = Json.text(meter, "event_name");
        if (id != null && eventName != null) {
            names.put(id, eventName);
        }
    }
}
