package dev.billhook.internal.reconcile;

import dev.billhook.reconcile.ReplayReport;
import dev.billhook.spi.provider.EventGateway;
import dev.billhook.spi.provider.EventGateway.Stored;
import dev.billhook.spi.provider.WebhookGateway.Envelope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Takes in events that never arrived. The place to begin is kept some minutes behind the newest event: the provider may list
 * an event a little later than one that was made after it.
 */
final class EventReplay {
    private static final String CURSOR = "events";
    /** Kept while the provider has had no event yet: whatever comes is new. */
    private static final String BEGINNING = "beginning";

    private static final int PAGE = 100;
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    /** What the provider promises to keep, less a day. */
    private static final Duration KEPT = Duration.ofDays(29);

    private static final ReplayReport NOTHING = new ReplayReport(0, 0, true);

    private final BillingStores stores;
    private final EventGateway events;
    private final InstantSource clock;

    EventReplay(BillingStores stores, EventGateway events, InstantSource clock) {
        this.stores = stores;
        this.events = events;
        this.clock = clock;
    }

    ReplayReport run() {
        Optional<String> cursor = stores.cursors().find(CURSOR);
        if (cursor.isEmpty()) {
            stores.cursors()
                    .save(
                            CURSOR,
                            events.newest().map(event -> event.envelope().id()).orElse(BEGINNING));
            return NOTHING;
        }
        if (BEGINNING.equals(cursor.get())) {
            return takeSince(Instant.EPOCH, true).orElse(NOTHING);
        }
        Optional<List<Stored>> first = events.after(cursor.get(), PAGE);
        return first.isPresent() ? take(first.get(), true) : takeWhatIsLeft();
    }

    private ReplayReport takeWhatIsLeft() {
        return takeSince(clock.instant().minus(KEPT), false).orElseGet(() -> {
            stores.cursors().remove(CURSOR);
            return new ReplayReport(0, 0, false);
        });
    }

    private Optional<ReplayReport> takeSince(Instant time, boolean complete) {
        return events.firstSince(time).map(oldest -> {
            int missed = takeIn(List.of(oldest));
            ReplayReport rest = take(events.after(oldest.envelope().id(), PAGE).orElseThrow(), complete);
            return new ReplayReport(rest.listed() + 1, rest.missed() + missed, complete);
        });
    }

    private ReplayReport take(List<Stored> firstPage, boolean complete) {
        int listed = 0;
        int missed = 0;
        List<Stored> page = firstPage;
        Deque<Envelope> recent = new ArrayDeque<>();
        while (!page.isEmpty()) {
            missed += takeIn(page);
            listed += page.size();
            page.forEach(event -> recent.add(event.envelope()));
            settle(recent);
            page = events.after(recent.getLast().id(), PAGE).orElse(List.of());
        }
        return new ReplayReport(listed, missed, complete);
    }

    /** Moves the place to begin up to the overlap before the newest event. */
    private void settle(Deque<Envelope> recent) {
        Instant time = recent.getLast().createdAt().minus(OVERLAP);
        Envelope settled = null;
        while (recent.getFirst().createdAt().isBefore(time)) {
            settled = recent.removeFirst();
        }
        if (settled != null) {
            save(settled);
        }
    }

    private int takeIn(List<Stored> page) {
        Instant now = clock.instant();
        List<InboxEvent> received = page.stream()
                .filter(event -> event.envelope().livemode() == stores.scope().livemode())
                .map(event -> InboxEvent.received(
                        event.envelope().id(),
                        event.envelope().type(),
                        event.envelope().createdAt(),
                        now,
                        event.payload()))
                .toList();
        return stores.transactor()
                .inTransaction(() -> stores.inbox().insertAll(received).size());
    }

    private void save(Envelope event) {
        stores.cursors().save(CURSOR, event.id());
    }
}
