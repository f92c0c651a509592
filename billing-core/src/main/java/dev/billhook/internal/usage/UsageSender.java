package dev.billhook.internal.usage;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.spi.provider.usage.UsageGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageRecord;
import dev.billhook.usage.UsageStatus;
import dev.billhook.webhook.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports recorded usage. Each record's identifier is the same for every attempt and every node, so that the provider
 * recognises what it was told before a process died; and from before the first attempt on it is noted that it may have the record,
 * so that nothing is repeated once it would not recognise it any more.
 */
public final class UsageSender {
    /** How long records that were taken stay hidden from other nodes. */
    static final Duration LEASE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(UsageSender.class);
    /** Between two attempts while the provider is away. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);

    private final UsageGateway gateway;
    private final BillingStores stores;
    private final RetryPolicy retries;
    private final UsageRules rules;
    private final Duration retention;
    private final InstantSource clock;
    private Instant nextPruning = Instant.MIN;
    private volatile Instant notBefore = Instant.MIN;
    private final AtomicInteger outages = new AtomicInteger();

    /**
     * @param retention how long sent records are kept
     */
    public UsageSender(
            UsageGateway gateway, BillingStores stores, RetryPolicy retries, Duration retention, InstantSource clock) {
        this.gateway = gateway;
        this.stores = stores;
        this.retries = retries;
        this.rules = new UsageRules(retries);
        this.retention = retention;
        this.clock = clock;
    }

    /** Reports what is due, at most so many records; answers how many, or 0 if the provider takes none now. */
    public int sendDue(int max) {
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) {
            return 0;
        }
        List<UsageEntry> due = stores.usage().claimDue(now, LEASE, max);
        Map<AccountRef, Optional<String>> customers = new HashMap<>();
        for (int i = 0; i < due.size(); i++) {
            if (!clock.instant().isBefore(now.plus(LEASE))) {
                LOG.info("The provider is slow; other usage is reported later");
                return i;
            }
            if (!send(due.get(i), customers, now)) {
                waitForTheProvider();
                release(due.subList(i + 1, due.size()), now.plus(LEASE));
                return 0;
            }
        }
        return due.size();
    }

    /** So that an outage leaves few records of which nobody knows whether the provider has them. */
    private void waitForTheProvider() {
        Duration delay = retries.delayAfter(outages.incrementAndGet());
        notBefore = clock.instant().plus(delay.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : delay);
    }

    /** Nobody was told of these. Once the lease has ended they may be another node's. */
    private void release(List<UsageEntry> entries, Instant leaseEnd) {
        if (clock.instant().isBefore(leaseEnd)) {
            entries.forEach(entry -> stores.usage().update(rules.released(entry, notBefore)));
        }
    }

    /** Forgets what is old, at most once an hour. Answers 0: there is never more left to do at once. */
    public synchronized int prune(int max) {
        Instant now = clock.instant();
        if (!now.isBefore(nextPruning)) {
            nextPruning = now.plus(BETWEEN_PRUNINGS);
            stores.usage().forget(now.minus(retention));
        }
        return 0;
    }

    /** False if the next one would fare no better. */
    private boolean send(UsageEntry entry, Map<AccountRef, Optional<String>> customers, Instant claimedAt) {
        UsageEntry hopeless = rules.hopeless(entry, clock.instant());
        if (hopeless != null) {
            update(hopeless, null);
            return true;
        }
        Optional<String> customer = customers.computeIfAbsent(entry.usage().account(), this::customerOf);
        if (customer.isEmpty()) {
            if (entry.usage().account().deleted()) {
                update(rules.accountDeleted(entry), null);
            } else {
                stores.usage().update(rules.withoutCustomer(entry, clock.instant()));
            }
            return true;
        }
        try {
            gateway.report(report(entry, customer.get()), RequestKey.random());
        } catch (RuntimeException failure) {
            update(rules.failed(entry, failure, claimedAt, clock.instant()), failure);
            return !UsageRules.ailsAll(failure);
        }
        outages.set(0);
        stores.usage().update(rules.sent(entry));
        return true;
    }

    private void update(UsageEntry entry, @Nullable RuntimeException failure) {
        LOG.warn(
                "Usage {} of meter {} was not reported (attempt {}{}): {}",
                entry.id(),
                entry.usage().meter(),
                entry.attempts(),
                entry.status() == UsageStatus.PENDING ? "" : ", given up",
                entry.error(),
                failure);
        stores.usage().update(entry);
    }

    private Optional<String> customerOf(AccountRef account) {
        return stores.accounts().find(account).flatMap(BillingAccount::customerId);
    }

    /** Environments that share a provider account have customers of their own, so their identifiers differ. */
    private static UsageGateway.Report report(UsageEntry entry, String customerId) {
        UsageRecord usage = entry.usage();
        return new UsageGateway.Report(
                RequestKey.derived("usage", customerId, entry.id()).value(),
                usage.meter(),
                customerId,
                usage.quantity(),
                usage.occurredAt());
    }
}
