package dev.billhook.internal.subscription;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.ItemChange;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.conversion.Proration;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionService;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** See {@link SubscriptionService}. */
public final class DefaultSubscriptionService implements SubscriptionService {
    private final Catalog catalog;
    private final PlanConverter converter;
    private final SubscriptionGateway gateway;
    private final SubscriptionStore store;
    private final MirrorSync sync;

    /** A service that reads the store and commands the gateway. */
    public DefaultSubscriptionService(
            Catalog catalog,
            PlanConverter converter,
            SubscriptionGateway gateway,
            SubscriptionStore store,
            MirrorSync sync) {
        this.catalog = catalog;
        this.converter = converter;
        this.gateway = gateway;
        this.store = store;
        this.sync = sync;
    }

    @Override
    public Optional<Subscription> find(AccountRef account) {
        return list(account).stream()
                .filter(subscription -> !subscription.status().ended())
                .findFirst();
    }

    @Override
    public List<Subscription> list(AccountRef account) {
        return store.list(account).stream()
                .map(MirroredSubscription::subscription)
                .toList();
    }

    @Override
    public Subscription cancel(AccountRef account, Cancellation cancellation) {
        Subscription current = require(account);
        return command(current, () -> gateway.cancel(current.id(), cancellation, RequestKey.random()));
    }

    @Override
    public Subscription uncancel(AccountRef account) {
        Subscription current = require(account);
        return command(current, () -> gateway.uncancel(current.id(), RequestKey.random()));
    }

    @Override
    public Subscription changePlan(AccountRef account, PlanKey target) {
        Subscription current = require(account);
        Conversion conversion = converter.convert(current, catalog.getPlan(target));
        return conversion.changes().isEmpty() ? current : change(current, conversion.changes(), conversion.proration());
    }

    @Override
    public Subscription setUnits(AccountRef account, long units) {
        Subscription current = require(account);
        SubscriptionItem item = mainItem(current);
        Plan plan = catalog.getPlan(Objects.requireNonNull(item.plan()));
        if (!plan.pricing().takesUnits() || !plan.units().allows(units)) {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "' cannot have " + units + " units; " + plan.units());
        }
        return item.quantity() == units
                ? current
                : change(current, List.of(new ItemChange.SetQuantity(item.id(), units)), Proration.NEXT_INVOICE);
    }

    private Subscription change(Subscription current, List<ItemChange> changes, Proration proration) {
        return command(current, () -> gateway.changeItems(current.id(), changes, proration, RequestKey.random()));
    }

    private Subscription command(Subscription current, Supplier<Fetched<SubscriptionSnapshot>> call) {
        sync.command(current.id(), call);
        return store.find(current.id()).orElseThrow().subscription();
    }

    private Subscription require(AccountRef account) {
        return find(account)
                .orElseThrow(() -> new InvalidStateException(
                        "Account " + account + " has no subscription that has not ended; send it to Checkout"));
    }

    private SubscriptionItem mainItem(Subscription subscription) {
        return subscription.items().stream()
                .filter(item ->
                        item.plan() != null && catalog.findPlan(item.plan()).isPresent())
                .findFirst()
                .orElseThrow(() -> new InvalidStateException("Subscription " + subscription.id()
                        + " has no line of a plan in the catalog; add its plan to the catalog"));
    }
}
