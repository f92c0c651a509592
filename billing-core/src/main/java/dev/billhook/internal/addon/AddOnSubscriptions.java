package dev.billhook.internal.addon;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.addon.AddOnRules;
import dev.billhook.addon.AddOnRules.Step;
import dev.billhook.catalog.Plan;
import dev.billhook.internal.ending.Endings;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.lifecycle.CancellationPreview;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.addon.AddOnGateway;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import org.jspecify.annotations.Nullable;

/** Add-ons with subscriptions of their own: begun, ended, and kept with the main one. */
public final class AddOnSubscriptions {
    private final AddOnGateway gateway;
    private final Endings endings;
    private final MirrorSync sync;
    private final AddOnPolicy policy;

    /** Subscriptions at the gateway, which end as others do. */
    public AddOnSubscriptions(AddOnGateway gateway, Endings endings, MirrorSync sync, AddOnPolicy policy) {
        this.gateway = gateway;
        this.endings = endings;
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
    void end(Subscription addOn, Timing timing, RequestKey key) {
        cancel(addOn, ending(timing), key);
    }

    /** What ending one would give back. */
    CancellationPreview previewEnd(Subscription addOn, Timing timing) {
        return endings.preview(addOn, ending(timing));
    }

    private static Cancellation ending(Timing timing) {
        return switch (timing) {
            case AT_RENEWAL -> Cancellation.atPeriodEnd();
            case NOW_WITHOUT_PRORATION -> Cancellation.now();
            case NOW_PRORATE, NOW_INVOICE -> Cancellation.now(Settlement.CREDIT);
        };
    }

    /** Does what follows for the add-on from the main subscription; nothing if it is done already. */
    void follow(@Nullable Subscription main, Subscription addOn) {
        Step step = AddOnRules.follow(main, addOn, policy);
        if (step instanceof Step.EndNow) {
            cancel(addOn, Cancellation.now(), RequestKey.random());
        } else if (step instanceof Step.EndAt at) {
            cancel(addOn, Cancellation.at(at.end()), RequestKey.random());
        } else if (step instanceof Step.GoOn) {
            endings.uncancel(addOn, RequestKey.random());
        }
    }

    private void cancel(Subscription addOn, Cancellation cancellation, RequestKey key) {
        endings.cancel(addOn, cancellation, Why.UNSAID, key);
    }
}
