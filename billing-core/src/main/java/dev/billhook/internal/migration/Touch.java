package dev.billhook.internal.migration;

import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Subscription;
import java.util.function.Supplier;

/** How a run reads and changes subscriptions: through the mirror, or past it. */
interface Touch {
    /** The state at the provider. */
    Subscription read(Subscription known);

    /** The state after a command. */
    Subscription change(Subscription known, Supplier<Fetched<SubscriptionSnapshot>> command);

    /** What the provider answers goes into the mirror, and listeners hear of it. */
    static Touch mirrored(MirrorSync sync, SubscriptionStore store) {
        return new Touch() {
            @Override
            public Subscription read(Subscription known) {
                sync.refreshSubscription(known.id());
                return mirror(known);
            }

            @Override
            public Subscription change(Subscription known, Supplier<Fetched<SubscriptionSnapshot>> command) {
                sync.command(known.id(), command);
                return mirror(known);
            }

            private Subscription mirror(Subscription known) {
                return store.find(known.id())
                        .map(MirroredSubscription::subscription)
                        .orElse(known);
            }
        };
    }

    /** The mirror is left to those who have the listeners: to them the provider's events tell what happened. */
    static Touch pastMirror(SubscriptionGateway gateway) {
        return new Touch() {
            @Override
            public Subscription read(Subscription known) {
                return gateway.fetch(known.id()).value().subscription();
            }

            @Override
            public Subscription change(Subscription known, Supplier<Fetched<SubscriptionSnapshot>> command) {
                return command.get().value().subscription();
            }
        };
    }
}
