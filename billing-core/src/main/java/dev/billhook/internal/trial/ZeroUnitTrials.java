package dev.billhook.internal.trial;

import dev.billhook.RequestKey;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.trial.ZeroUnitRule;

/** Brings about at the provider what {@link ZeroUnitRule} decides. */
public final class ZeroUnitTrials {
    private final MainSubscriptions subscriptions;
    private final SubscriptionGateway gateway;
    private final Commands commands;

    /** Trials of the main subscriptions. */
    public ZeroUnitTrials(MainSubscriptions subscriptions, SubscriptionGateway gateway, Commands commands) {
        this.subscriptions = subscriptions;
        this.gateway = gateway;
        this.commands = commands;
    }

    /**
     * Does what is to be done; nothing if it is done already.
     *
     * @param unitsCame see {@link ZeroUnitRule#decide}
     * @return the state afterwards
     */
    public Subscription settle(Subscription now, boolean unitsCame) {
        ZeroUnitRule.Step step = subscriptions
                .findPlan(now)
                .map(plan -> ZeroUnitRule.decide(now, plan, unitsCame))
                .orElse(ZeroUnitRule.Step.LEAVE);
        return switch (step) {
            case LEAVE -> now;
            case END_WITH_TRIAL ->
                commands.run(now.id(), () -> gateway.cancel(now.id(), Cancellation.atPeriodEnd(), RequestKey.random()));
            case GO_ON -> commands.run(now.id(), () -> gateway.uncancel(now.id(), RequestKey.random()));
        };
    }
}
