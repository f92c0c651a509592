package dev.billhook.internal.subscription;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.payback.Paybacks;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.unit.UnitService;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** See {@link SubscriptionService}. */
public final class DefaultSubscriptionService implements SubscriptionService {
    private final SubscriptionGateway gateway;
    private final MainSubscriptions subscriptions;
    private final UnitService units;
    private final AccountTurns turns;
    private final Commands commands;
    private final PlanChanger changer;
    private final Previews previews;
    private final Endings endings;
    private final Reactivator reactivator;
    private final InstantSource clock;

    /**
     * A service that reads the store and commands the provider.
     *
     * @param turns so that a change of plan and one of units do not overwrite each other
     * @param clock what "now" is
     */
    public DefaultSubscriptionService(
            Catalog catalog,
            PlanConverter converter,
            PaymentProvider provider,
            SubscriptionStore store,
            MirrorSync sync,
            UnitService units,
            AccountTurns turns,
            InstantSource clock) {
        this.gateway = provider.subscriptions();
        this.subscriptions = new MainSubscriptions(catalog, store);
        this.units = units;
        this.turns = turns;
        this.commands = new Commands(sync, store);
        this.changer = new PlanChanger(catalog, converter, gateway, commands);
        this.previews = new Previews(catalog, changer, commands, provider, clock);
        this.endings = new Endings(gateway, commands, changer, new Paybacks(provider, clock));
        this.reactivator = new Reactivator(catalog, subscriptions, gateway, commands);
        this.clock = clock;
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
        return cancel(account, cancellation, Why.UNSAID);
    }

    @Override
    public Subscription cancel(AccountRef account, Cancellation cancellation, Why why) {
        return cancel(account, cancellation, why, RequestKey.random());
    }

    @Override
    public Subscription cancel(AccountRef account, Cancellation cancellation, Why why, RequestKey key) {
        return endings.cancel(require(account), cancellation, why, key);
    }

    @Override
    public Subscription uncancel(AccountRef account) {
        return endings.uncancel(require(account), RequestKey.random());
    }

    @Override
    public Subscription reactivate(AccountRef account, Reactivation wish) {
        // Two clicks within a minute have one effect; a payment that was declined can be tried again after it.
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        return reactivate(account, wish, RequestKey.derived("reactivate", account, minute));
    }

    @Override
    public Subscription reactivate(AccountRef account, Reactivation wish, RequestKey key) {
        return reactivator.reactivate(account, wish, key);
    }

    @Override
    public Subscription pause(AccountRef account, CollectionPause pause) {
        Subscription current = require(account);
        return commands.run(current.id(), () -> gateway.pauseCollection(current.id(), pause, RequestKey.random()));
    }

    @Override
    public Subscription resume(AccountRef account) {
        Subscription current = require(account);
        RequestKey key = RequestKey.random();
        Subscription collected = current.collectionPaused()
                ? commands.run(current.id(), () -> gateway.resumeCollection(current.id(), key))
                : current;
        return collected.status() == SubscriptionStatus.PAUSED
                ? commands.run(current.id(), () -> gateway.resume(current.id(), key))
                : collected;
    }

    @Override
    public Subscription collectBy(AccountRef account, CollectionMethod method) {
        Subscription current = require(account);
        RequestKey key = RequestKey.random();
        return changer.withoutSchedule(
                current, key, free -> commands.run(free.id(), () -> gateway.collectBy(free.id(), method, key)));
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
        return turns.take(account, turn -> {
            Subscription current = commands.refresh(require(account).id());
            turn.confirm();
            return changer.carryOut(current, changer.decide(current, change), Order.of(key));
        });
    }

    @Override
    public ChangePreview preview(AccountRef account, PlanChange change) {
        return previews.preview(account, require(account).id(), change);
    }

    @Override
    public Subscription confirm(AccountRef account, String token) {
        return turns.take(account, turn -> {
            turn.confirm();
            return previews.confirm(account, token);
        });
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
