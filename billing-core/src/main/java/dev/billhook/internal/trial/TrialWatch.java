package dev.billhook.internal.trial;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.error.AuthenticationRequiredException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.event.BillingEvent;
import dev.billhook.internal.event.Reaction;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.Notice;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.TrialRefusal;
import dev.billhook.trial.TrialRules;
import java.time.Instant;
import java.util.Optional;

/**
 * Watches trials that run, after the commit that told of them: lets those without units end by themselves, and finds out
 * whether the card, which is known only after Checkout, has had one already.
 */
public final class TrialWatch implements Reaction {
    private final TrialPolicy policy;
    private final TrialMarks marks;
    private final ZeroUnitTrials zeroUnits;
    private final Parts parts;

    /** A watch that decides by the policy. */
    public TrialWatch(TrialPolicy policy, TrialMarks marks, ZeroUnitTrials zeroUnits, Parts parts) {
        this.policy = policy;
        this.marks = marks;
        this.zeroUnits = zeroUnits;
        this.parts = parts;
    }

    /** Where trials are seen and changed. */
    public record Parts(
            PaymentProvider provider,
            BillingStores stores,
            MirrorWriter mirror,
            Commands commands,
            MainSubscriptions subscriptions) {}

    @Override
    public boolean concerns(BillingEvent event) {
        return event instanceof BillingEvent.TrialStarted
                || (event instanceof BillingEvent.UnitsChanged units && (units.before() == 0 || units.after() == 0))
                || event instanceof BillingEvent.PlanChanged
                || event instanceof BillingEvent.CancellationWithdrawn
                || (policy.looksAround() && event instanceof BillingEvent.PaymentMethodChanged);
    }

    @Override
    public void on(BillingEvent event) {
        trialOf(event).ifPresent(trial -> {
            boolean cardTold =
                    event instanceof BillingEvent.TrialStarted || event instanceof BillingEvent.PaymentMethodChanged;
            if (policy.looksAround() && cardTold) {
                check(event.account(), trial, event.meta().occurredAt());
            }
        });
        trialOf(event).ifPresent(trial -> zeroUnits.settle(trial, unitsCame(event, trial)));
    }

    private Optional<Subscription> trialOf(BillingEvent event) {
        return parts.subscriptions()
                .find(event.account())
                .filter(subscription -> subscription.status() == SubscriptionStatus.TRIALING);
    }

    /** A cancellation that was asked for after the units came is not lifted because of them. */
    private static boolean unitsCame(BillingEvent event, Subscription trial) {
        Instant cancelled = trial.canceledAt();
        return event instanceof BillingEvent.UnitsChanged changed
                && changed.subscriptionId().equals(trial.id())
                && changed.before() == 0
                && changed.after() > 0
                && (cancelled == null || !cancelled.isAfter(event.meta().occurredAt()));
    }

    /** Only the card is news: what else of the account had a trial elsewhere was known when this one was granted. */
    private void check(AccountRef account, Subscription trial, Instant at) {
        boolean cardHadOne = TrialRules.elsewhere(marks.hadElsewhere(account), policy)
                .filter(reason -> reason == TrialRefusal.CARD_HAD_TRIAL)
                .isPresent();
        marks.mark(account);
        if (cardHadOne) {
            tell(trial, at);
            act(trial);
        }
    }

    private void tell(Subscription trial, Instant at) {
        String customer = parts.stores()
                .subscriptions()
                .find(trial.id())
                .map(MirroredSubscription::customerId)
                .orElseThrow();
        parts.mirror()
                .apply(new MirrorChange.Noted(
                        new Notice.TrialMisuse(customer, trial.id(), TrialRefusal.CARD_HAD_TRIAL), at));
    }

    private void act(Subscription trial) {
        switch (policy.onMisuse()) {
            case TELL -> {}
            case END_TRIAL -> endOrCancel(trial);
            case CANCEL -> cancel(trial);
        }
    }

    private void endOrCancel(Subscription trial) {
        try {
            parts.commands().run(trial.id(), () -> parts.provider().trials().end(trial.id(), RequestKey.random()));
        } catch (PaymentDeclinedException | AuthenticationRequiredException | RequestRefusedException e) {
            cancel(trial);
        }
    }

    private void cancel(Subscription trial) {
        parts.commands()
                .run(
                        trial.id(),
                        () -> parts.provider()
                                .subscriptions()
                                .cancel(trial.id(), Cancellation.now(), RequestKey.random()));
    }
}
