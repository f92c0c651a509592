package dev.billhook.internal.webhook;

import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.Snapshot;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxStatus;
import java.time.Instant;
import java.util.function.Supplier;

/** Applies what an event says; what needs a call to the provider is left to a second step outside the transaction. */
final class EventApplier {
    private final BillingStores stores;
    private final MirrorWriter mirror;
    private final MirrorSync sync;

    EventApplier(BillingStores stores, MirrorWriter mirror, MirrorSync sync) {
        this.stores = stores;
        this.mirror = mirror;
        this.sync = sync;
    }

    /** Applies within the open transaction, without calling the provider. */
    Step apply(EventContent content, Instant createdAt) {
        if (content instanceof EventContent.State state) {
            return state(state.snapshot(), createdAt);
        }
        if (content instanceof EventContent.Invoice invoice) {
            return Step.settled(mirror.note(invoice.notice(), createdAt));
        }
        if (content instanceof EventContent.CustomerTouched touched) {
            return new Step.Fetch(() -> sync.refreshCustomer(touched.customerId()));
        }
        if (content instanceof EventContent.CheckoutEnded ended) {
            return checkoutEnded(ended);
        }
        return new Step.Settled(InboxStatus.IGNORED);
    }

    private Step state(Snapshot snapshot, Instant createdAt) {
        ApplyResult result = mirror.apply(snapshot, new Basis.Event(createdAt));
        if (result != ApplyResult.FETCH_NEEDED) {
            return Step.settled(result);
        }
        return snapshot instanceof SubscriptionSnapshot
                ? new Step.Fetch(() -> sync.refreshSubscription(snapshot.objectId()))
                : new Step.Fetch(() -> sync.refreshCustomer(snapshot.objectId()));
    }

    /** The subscription's own events usually tell its state; it is fetched only if none has arrived yet. */
    private Step checkoutEnded(EventContent.CheckoutEnded ended) {
        stores.checkouts()
                .find(ended.checkoutId())
                .filter(checkout -> checkout.status() != ended.status())
                .ifPresent(checkout -> stores.checkouts().save(checkout.withStatus(ended.status())));
        String subscriptionId = ended.subscriptionId();
        return subscriptionId == null
                        || stores.subscriptions().find(subscriptionId).isPresent()
                ? new Step.Settled(InboxStatus.DONE)
                : new Step.Fetch(() -> sync.refreshSubscription(subscriptionId));
    }

    /** How far applying got. */
    sealed interface Step {
        /** Whether a result settles the event or leaves it parked. */
        static Settled settled(ApplyResult result) {
            return new Settled(result == ApplyResult.UNLINKED ? InboxStatus.PARKED : InboxStatus.DONE);
        }

        /** Nothing more to do. */
        record Settled(InboxStatus status) implements Step {}

        /** The provider must be asked, outside the transaction. */
        record Fetch(Supplier<ApplyResult> call) implements Step {}
    }
}
