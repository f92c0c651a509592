package dev.billhook.internal.usage;

import dev.billhook.NotFoundException;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageOutbox;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.usage.UsageQuery;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See {@link UsageOutbox}. */
public final class DefaultUsageOutbox implements UsageOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultUsageOutbox.class);

    private final BillingStores stores;
    private final InstantSource clock;
    private final Runnable wakeUp;

    /**
     * An outbox on the given stores.
     *
     * @param wakeUp has the background look at once
     */
    public DefaultUsageOutbox(BillingStores stores, InstantSource clock, Runnable wakeUp) {
        this.stores = stores;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    @Override
    public List<UsageEntry> list(UsageQuery query) {
        return stores.usage().list(query);
    }

    @Override
    public UsageOutboxSummary summary() {
        return stores.usage().summary();
    }

    @Override
    public int retryAll(UsageQuery query) {
        int retried = stores.usage().retryDead(query, clock.instant());
        stores.transactor().afterCommit(wakeUp);
        return retried;
    }

    @Override
    public void discard(String id, String reason) {
        if (!stores.usage().discardDead(id)) {
            throw new NotFoundException(
                    "dead usage",
                    id,
                    "Only records whose status is DEAD can be given up; one that waits or was sent can be taken back"
                            + " by a record of the negative quantity.");
        }
        LOG.info("Usage {} discarded: {}", id, reason);
    }
}
