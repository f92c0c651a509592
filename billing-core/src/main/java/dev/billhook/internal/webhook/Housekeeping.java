package dev.billhook.internal.webhook;

import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.WebhookInbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Keeps the inbox in order. */
public final class Housekeeping {
    private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);

    private final BillingStores stores;
    private final WebhookInbox inbox;
    private final Duration retention;
    private final InstantSource clock;
    private Instant nextPruning = Instant.MIN;

    /**
     * @param retention how long finished events and told facts are remembered
     */
    public Housekeeping(BillingStores stores, WebhookInbox inbox, Duration retention, InstantSource clock) {
        this.stores = stores;
        this.inbox = inbox;
        this.retention = retention;
        this.clock = clock;
    }

    /** Makes parked events due whose account has appeared. */
    public int unpark(int max) {
        return stores.inbox().unparkKnown(clock.instant());
    }

    /** Forgets what is old, at most once an hour. Answers 0: there is never more left to do at once. */
    public synchronized int prune(int max) {
        Instant now = clock.instant();
        if (!now.isBefore(nextPruning)) {
            nextPruning = now.plus(BETWEEN_PRUNINGS);
            inbox.prune(now.minus(retention));
            stores.transactor().run(() -> stores.mirror().forget(now.minus(retention)));
        }
        return 0;
    }
}
