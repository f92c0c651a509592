package dev.billhook.internal.webhook;

import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.spi.provider.EventGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookInbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See {@link WebhookInbox}. */
public final class DefaultWebhookInbox implements WebhookInbox {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultWebhookInbox.class);
    private static final int PRUNED_AT_ONCE = 1000;

    private final BillingStores stores;
    private final EventGateway events;
    private final InstantSource clock;
    private final Runnable wakeUp;

    /**
     * An inbox on the given stores.
     *
     * @param wakeUp has the background look at once
     */
    public DefaultWebhookInbox(BillingStores stores, EventGateway events, InstantSource clock, Runnable wakeUp) {
        this.stores = stores;
        this.events = events;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    @Override
    public Optional<InboxEvent> find(String eventId) {
        return stores.inbox().find(eventId);
    }

    @Override
    public List<InboxEvent> list(InboxQuery query) {
        return stores.inbox().list(query);
    }

    @Override
    public Map<InboxStatus, Long> count() {
        return stores.inbox().count();
    }

    @Override
    public Optional<Instant> oldestPending() {
        return stores.inbox().oldestPending();
    }

    @Override
    public void replay(String eventId) {
        again(get(eventId));
        wakeUp.run();
    }

    @Override
    public int replayAll(InboxQuery query) {
        int replayed = 0;
        List<InboxEvent> page = list(query);
        while (!page.isEmpty()) {
            page.forEach(this::again);
            replayed += page.size();
            page = list(query.after(page.get(page.size() - 1)));
        }
        wakeUp.run();
        return replayed;
    }

    @Override
    public void discard(String eventId, String reason) {
        stores.transactor().run(() -> {
            InboxEvent event = get(eventId);
            if (event.status().finished()) {
                throw new InvalidStateException(
                        "Event " + eventId + " is " + event.status() + " already; there is nothing to give up");
            }
            stores.inbox().update(event.discarded(reason));
        });
        LOG.info("Event {} discarded: {}", eventId, reason);
    }

    @Override
    public int prune(Instant receivedBefore) {
        int all = 0;
        int some = PRUNED_AT_ONCE;
        while (some == PRUNED_AT_ONCE) {
            some = stores.inbox().prune(receivedBefore, PRUNED_AT_ONCE);
            all += some;
        }
        return all;
    }

    private void again(InboxEvent event) {
        String kept = event.payload();
        String payload = kept != null
                ? kept
                : events.find(event.id())
                        .orElseThrow(() -> new NotFoundException(
                                "body of event",
                                event.id(),
                                "It was dropped when the event was finished, and the provider has forgotten it, too;"
                                        + " reconcile instead."));
        stores.inbox().update(event.replayed(clock.instant(), payload));
    }

    private InboxEvent get(String eventId) {
        return find(eventId)
                .orElseThrow(
                        () -> new NotFoundException("event", eventId, "Only events that came in can be looked at."));
    }
}
