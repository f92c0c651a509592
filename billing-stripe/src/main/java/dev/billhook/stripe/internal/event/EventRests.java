package dev.billhook.stripe.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.entitlements.ActiveEntitlementListParams;
import dev.billhook.mirror.Notice;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.List;

/** Asks Stripe for what events leave out: the object of a notification, and entitlements beyond the first ten. */
public final class EventRests {
    private static final EventContent IRRELEVANT = new EventContent.Irrelevant();

    private final StripeApi api;

    /** Asks the account the calls go to. */
    public EventRests(StripeApi api) {
        this.api = api;
    }

    /**
     * What the event says with what it leaves out.
     *
     * @throws dev.billhook.error.ProviderException if Stripe cannot be asked
     */
    public EventContent of(JsonNode event) {
        return NotificationReader.isNotification(event) ? ofNotification(event) : ofSummary(event);
    }

    private EventContent ofNotification(JsonNode notification) {
        return NotificationReader.path(notification)
                .map(path -> api.get("read what an event is about", path)
                        .read(object -> NotificationReader.readWith(notification, object)))
                .orElse(IRRELEVANT);
    }

    private EventContent ofSummary(JsonNode event) {
        JsonNode summary = event.path("data").path("object");
        return EntitlementReader.customer(summary)
                .<EventContent>map(customer -> new EventContent.Noted(entitlements(customer, event)))
                .orElse(IRRELEVANT);
    }

    private Notice entitlements(String customer, JsonNode event) {
        List<JsonNode> all = new ArrayList<>();
        Pages.forEach(
                after -> api.get(
                        "list a customer's entitlements",
                        "/v1/entitlements/active_entitlements",
                        ActiveEntitlementListParams.builder()
                                .setCustomer(customer)
                                .setStartingAfter(after)
                                .setLimit(Pages.SIZE)
                                .build()),
                all::add);
        return EntitlementReader.read(customer, all, Json.requireInstant(event, "created"));
    }
}
