package dev.billhook.stripe.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.EventListParams;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.spi.provider.EventGateway;
import dev.billhook.spi.provider.WebhookGateway.Envelope;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Events as Stripe keeps them for 30 days. Its lists are newest first; what they answer before an event is the next newer. */
public final class StripeEvents implements EventGateway {
    private static final String COLLECTION = "/v1/events";

    private final StripeApi api;

    /** Events of the account the calls go to. */
    public StripeEvents(StripeApi api) {
        this.api = api;
    }

    @Override
    public Optional<String> find(String eventId) {
        try {
            return Optional.of(api.get("read event " + eventId, StripeApi.path(COLLECTION, eventId))
                    .read(JsonNode::toString));
        } catch (ProviderException e) {
            return ifGone(e);
        }
    }

    @Override
    public Optional<Stored> newest() {
        EventListParams params = EventListParams.builder().setLimit(1L).build();
        return list(params).stream().findFirst();
    }

    @Override
    public Optional<List<Stored>> after(String eventId, int max) {
        EventListParams params = EventListParams.builder()
                .setEndingBefore(eventId)
                .setLimit((long) max)
                .build();
        try {
            List<Stored> events = list(params);
            Collections.reverse(events);
            return Optional.of(events);
        } catch (ProviderException e) {
            return ifGone(e);
        }
    }

    @Override
    public Optional<Stored> firstSince(Instant time) {
        List<Stored> oldest = new ArrayList<>();
        Pages.forEach(
                after -> api.get(
                        "list events",
                        COLLECTION,
                        EventListParams.builder()
                                .setCreated(EventListParams.Created.builder()
                                        .setGte(time.getEpochSecond())
                                        .build())
                                .setStartingAfter(after)
                                .setLimit(Pages.SIZE)
                                .build()),
                event -> {
                    oldest.clear();
                    oldest.add(stored(event));
                });
        return oldest.stream().findFirst();
    }

    private List<Stored> list(EventListParams params) {
        return api.get("list events", COLLECTION, params).read(body -> {
            List<Stored> events = new ArrayList<>();
            body.path("data").forEach(event -> events.add(stored(event)));
            return events;
        });
    }

    private static Stored stored(JsonNode event) {
        Envelope envelope = new Envelope(
                Json.requireText(event, "id"),
                Json.requireText(event, "type"),
                Json.requireInstant(event, "created"),
                Json.flag(event, "livemode"));
        return new Stored(envelope, event.toString());
    }

    /** An event that Stripe has forgotten is refused as a wrong parameter where it is one, and as missing where it is asked for. */
    private static <T> Optional<T> ifGone(ProviderException e) {
        if (e.category() == Category.NOT_FOUND || e.category() == Category.INVALID_REQUEST) {
            return Optional.empty();
        }
        throw e;
    }
}
