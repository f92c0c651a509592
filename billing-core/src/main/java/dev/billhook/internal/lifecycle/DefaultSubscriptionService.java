package dev.billhook.internal.lifecycle;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.internal.ending.Endings;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.lifecycle.CancellationPreview;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.unit.UnitService;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** See {@link SubscriptionService}. */
public final class DefaultSubscriptionService implements SubscriptionService {
    private final MainSubscriptions subscriptions;
    private final Parts parts;
    private final AccountTurns turns;
    private final InstantSource clock;

    /**
     * A service of these parts.
     *
     * @param turns so that what is given back when a subscription ends is given once
     * @param clock what "now" is
     */
    public DefaultSubscriptionService(
            MainSubscriptions subscriptions, Parts parts, AccountTurns turns, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.parts = parts;
        this.turns = turns;
        this.clock = clock;
    }

    /** What the service is made of: one part a capability. */
    public record Parts(
            PlanChanges plans, UnitService units, Endings endings, Reactivator reactivator, Collecting collecting) {}

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
        return turns.take(account, turn -> {
            turn.keep();
            return parts.endings().cancel(require(account), cancellation, why, key);
        });
    }

    @Override
    public CancellationPreview previewCancellation(AccountRef account, Cancellation cancellation) {
        return parts.endings().preview(require(account), cancellation);
    }

    @Override
    public Subscription uncancel(AccountRef account) {
        return parts.endings().uncancel(require(account), RequestKey.random());
    }

    @Override
    public Subscription reactivate(AccountRef account, Reactivation wish) {
        // Two clicks within a minute have one effect; a payment that was declined can be tried again after it.
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        return reactivate(account, wish, RequestKey.derived("reactivate", account, minute));
    }

    @Override
    public Subscription reactivate(AccountRef account, Reactivation wish, RequestKey key) {
        return parts.reactivator().reactivate(account, wish, key);
    }

    @Override
    public Subscription pause(AccountRef account, CollectionPause pause) {
        return parts.collecting().pause(require(account), pause, RequestKey.random());
    }

    @Override
    public Subscription resume(AccountRef account) {
        return parts.collecting().resume(require(account), RequestKey.random());
    }

    @Override
    public Subscription collectBy(AccountRef account, CollectionMethod method) {
        return parts.collecting().by(require(account), method, RequestKey.random());
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
        return parts.plans().change(account, change, key);
    }

    @Override
    public ChangePreview preview(AccountRef account, PlanChange change) {
        return parts.plans().preview(account, change);
    }

    @Override
    public Subscription confirm(AccountRef account, String token) {
        return parts.plans().confirm(account, token);
    }

    @Override
    public Subscription withdrawScheduledChange(AccountRef account) {
        return parts.plans().withdraw(account);
    }

    @Override
    public Subscription setUnits(AccountRef account, long number) {
        return parts.units().set(account, number);
    }

    private Subscription require(AccountRef account) {
        return subscriptions.require(account);
    }
}
