package dev.billhook.internal.subscription;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.unit.UnitService;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** See {@link SubscriptionService}. */
public final class DefaultSubscriptionService implements SubscriptionService {
    private final SubscriptionGateway gateway;
    private final MainSubscriptions subscriptions;
    private final UnitService units;
    private final Commands commands;
    private final PlanChanger changer;
    private final Previews previews;

    /**
     * A service that reads the store and commands the provider.
     *
     * @param clock how long previews last
     */
    public DefaultSubscriptionService(
            Catalog catalog,
            PlanConverter converter,
            PaymentProvider provider,
            SubscriptionStore store,
            MirrorSync sync,
            UnitService units,
            InstantSource clock) {
        this.gateway = provider.subscriptions();
        this.subscriptions = new MainSubscriptions(catalog, store);
        this.units = units;
        this.commands = new Commands(sync, store);
        this.changer = new PlanChanger(catalog, converter, gateway, commands);
        this.previews = new Previews(catalog, changer, commands, provider, clock);
    }

    @Override
    public Optional<Subscription> find(AccountRef account) {
        return subscriptions.find(account);
    }

    @Override
    public List<Subscription> list(AccountRef account) {
        return subscriptions.list(account);
    }

    @Override
    public Subscription cancel(AccountRef account, Cancellation cancellation) {
        Subscription current = require(account);
        RequestKey key = RequestKey.random();
        if (!(cancellation instanceof Cancellation.Now)) {
            changer.release(current, key);
        }
        return commands.run(current.id(), () -> gateway.cancel(current.id(), cancellation, key));
    }

    @Override
    public Subscription uncancel(AccountRef account) {
        Subscription current = require(account);
        RequestKey key = RequestKey.random();
        if (current.pendingEnd().isPresent()) {
            changer.release(current, key);
        }
        return commands.run(current.id(), () -> gateway.uncancel(current.id(), key));
    }

    @Override
    public Subscription changePlan(AccountRef account, PlanKey target) {
        return changePlan(account, PlanChange.to(target));
    }

    @Override
    public Subscription changePlan(AccountRef account, PlanChange change) {
        return changePlan(account, change, RequestKey.random());
    }

    @Override
    public Subscription changePlan(AccountRef account, PlanChange change, RequestKey key) {
        Subscription current = require(account);
        return changer.carryOut(current, changer.decide(current, change), Order.of(key));
    }

    @Override
    public ChangePreview preview(AccountRef account, PlanChange change) {
        return previews.preview(account, require(account).id(), change);
    }

    @Override
    public Subscription confirm(AccountRef account, String token) {
        return previews.confirm(account, token);
    }

    @Override
    public Subscription withdrawScheduledChange(AccountRef account) {
        return changer.release(require(account), RequestKey.random());
    }

    @Override
    public Subscription setUnits(AccountRef account, long number) {
        return units.set(account, number);
    }

    private Subscription require(AccountRef account) {
        return subscriptions.require(account);
    }
}
