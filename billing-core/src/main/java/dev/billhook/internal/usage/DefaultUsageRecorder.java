package dev.billhook.internal.usage;

import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.spi.provider.usage.UsageGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.usage.PeriodUsage;
import dev.billhook.usage.UsageComparison;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageRecord;
import dev.billhook.usage.UsageRecorder;
import dev.billhook.usage.UsageStatus;
import dev.billhook.usage.UsageSummary;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** See {@link UsageRecorder}. */
public final class DefaultUsageRecorder implements UsageRecorder {
    private final Catalog catalog;
    private final Set<String> meters;
    private final BillingStores stores;
    private final UsageGateway gateway;
    private final InstantSource clock;
    private final Runnable wakeUp;

    /**
     * A recorder on the given stores.
     *
     * @param wakeUp has the background look at once
     */
    public DefaultUsageRecorder(
            Catalog catalog, BillingStores stores, UsageGateway gateway, InstantSource clock, Runnable wakeUp) {
        this.catalog = catalog;
        this.meters = catalog.plans().stream()
                .flatMap(plan -> meterOf(plan).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        this.stores = stores;
        this.gateway = gateway;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    @Override
    public int recordAll(Collection<UsageRecord> usages) {
        Instant now = clock.instant();
        usages.forEach(usage -> {
            requireMeter(usage.meter());
            UsageRules.requireTime(usage, now);
        });
        int recorded = stores.usage()
                .insertAll(usages.stream()
                        .map(usage -> UsageEntry.recorded(usage, now))
                        .toList())
                .size();
        if (recorded > 0) {
            stores.transactor().afterCommit(wakeUp);
        }
        return recorded;
    }

    @Override
    public UsageSummary summary(AccountRef account, String meter, Instant from, Instant until) {
        requireMeter(meter);
        requireOrder(from, until);
        return summed(account, meter, from, until);
    }

    @Override
    public List<PeriodUsage> currentPeriods(AccountRef account) {
        List<PeriodUsage> usages = new ArrayList<>();
        stores.subscriptions().list(account).forEach(row -> {
            Subscription subscription = row.subscription();
            if (!subscription.status().ended()) {
                subscription.items().forEach(item -> ofPeriod(account, item).ifPresent(usages::add));
            }
        });
        return usages;
    }

    @Override
    public UsageComparison compare(AccountRef account, String meter, Instant from, Instant until) {
        requireMeter(meter);
        requireOrder(from, until);
        if (!wholeMinute(from) || !wholeMinute(until)) {
            throw new IllegalArgumentException(
                    "The provider sums up whole minutes only; give times like " + from.truncatedTo(ChronoUnit.MINUTES));
        }
        String customer = stores.accounts()
                .find(account)
                .flatMap(BillingAccount::customerId)
                .orElseThrow(() -> new InvalidStateException("The account " + account
                        + " has no customer at the provider, so nothing was reported of it yet"));
        return new UsageComparison(summed(account, meter, from, until), gateway.total(meter, customer, from, until));
    }

    private Optional<PeriodUsage> ofPeriod(AccountRef account, SubscriptionItem item) {
        return Optional.ofNullable(item.plan())
                .flatMap(catalog::findPlan)
                .flatMap(plan -> meterOf(plan)
                        .map(meter -> new PeriodUsage(
                                plan.key(), summed(account, meter, item.periodStart(), item.periodEnd()))));
    }

    private UsageSummary summed(AccountRef account, String meter, Instant from, Instant until) {
        Map<UsageStatus, Long> sums = stores.usage().sums(account, meter, from, until);
        return new UsageSummary(
                meter,
                from,
                until,
                sums.getOrDefault(UsageStatus.SENT, 0L),
                sums.getOrDefault(UsageStatus.PENDING, 0L),
                sums.getOrDefault(UsageStatus.DEAD, 0L));
    }

    private static Optional<String> meterOf(Plan plan) {
        return plan.pricing() instanceof Pricing.Metered metered ? Optional.of(metered.meter()) : Optional.empty();
    }

    private void requireMeter(String meter) {
        if (!meters.contains(meter)) {
            throw new IllegalArgumentException("No plan of the catalog is charged by the meter " + meter
                    + (meters.isEmpty() ? "; none is metered" : "; it has the meters " + String.join(", ", meters)));
        }
    }

    private static void requireOrder(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException(
                    "The time from " + from + " to " + until + " does not end after it begins");
        }
    }

    private static boolean wholeMinute(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.MINUTES));
    }
}
