package dev.billhook.internal.addon;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.addon.AddOnException;
import dev.billhook.addon.AddOnException.Reason;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.addon.AddOnRules;
import dev.billhook.addon.AddOnRules.Step;
import dev.billhook.catalog.Plan;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.provider.addon.AddOnGateway;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import org.jspecify.annotations.Nullable;

/** Add-ons with subscriptions of their own: begun, ended, and kept with the main one. */
public final class AddOnSubscriptions {
    private final AddOnGateway gateway;
    private final SubscriptionGateway subscriptions;
    private final Commands commands;
    private final MirrorSync sync;
    private final AddOnPolicy policy;

    /** Subscriptions at the gateways. */
    public AddOnSubscriptions(
            AddOnGateway gateway,
            SubscriptionGateway subscriptions,
            Commands commands,
            MirrorSync sync,
            AddOnPolicy policy) {
        this.gateway = gateway;
        this.subscriptions = subscriptions;
        this.commands = commands;
        this.sync = sync;
        this.policy = policy;
    }

    void subscribe(AccountRef account, Subscription main, Plan plan, long quantity, Timing timing, RequestKey key) {
        boolean prorate = timing != Timing.NOW_WITHOUT_PRORATION;
        Fetched<SubscriptionSnapshot> made = gateway.subscribe(account, main.id(), plan, quantity, prorate, key);
        sync.made(made);
        follow(main, made.value().subscription());
    }

    /** Ends one now or with its period. */
    void end(Subscription addOn, Timing timing) {
        switch (timing) {
            case AT_RENEWAL -> cancel(addOn, Cancellation.atPeriodEnd());
            case NOW_WITHOUT_PRORATION -> cancel(addOn, Cancellation.now());
            case NOW_PRORATE, NOW_INVOICE ->
                throw new AddOnException(
                        Reason.NOT_CREDITED,
                        "The unused time of an add-on with a subscription of its own is not credited",
                        "remove it at renewal, or now without proration");
        }
    }

    /** Does what follows for the add-on from the main subscription; nothing if it is done already. */
    void follow(@Nullable Subscription main, Subscription addOn) {
        Step step = AddOnRules.follow(main, addOn, policy);
        if (step instanceof Step.EndNow) {
            cancel(addOn, Cancellation.now());
        } else if (step instanceof Step.EndAt at) {
            cancel(addOn, Cancellation.at(at.end()));
        } else if (step instanceof Step.GoOn) {
            commands.run(addOn.id(), () -> subscriptions.uncancel(addOn.id(), RequestKey.random()));
        }
    }

    private void cancel(Subscription addOn, Cancellation cancellation) {
        commands.run(addOn.id(), () -> subscriptions.cancel(addOn.id(), cancellation, RequestKey.random()));
    }
}
