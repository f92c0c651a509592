package dev.billhook.internal.checkout;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.spi.store.CheckoutStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The visits of accounts to the payment page: opened, followed, closed. */
public final class Visits {
    /** The provider repeats a failed answer for its key; after this long another key is tried. */
    private static final Duration KEY_LIFE = Duration.ofMinutes(10);

    private final CheckoutGateway gateway;
    private final CheckoutStore store;
    private final MirrorSync sync;
    private final InstantSource clock;

    /** Visits to the gateway's pages. */
    public Visits(CheckoutGateway gateway, CheckoutStore store, MirrorSync sync, InstantSource clock) {
        this.gateway = gateway;
        this.store = store;
        this.sync = sync;
        this.clock = clock;
    }

    /** The account's latest visit as it stands now; the webhook may have been faster or slower. */
    Optional<Checkout> latest(AccountRef account) {
        return store.findLatest(account)
                .map(last -> last.status() == CheckoutStatus.OPEN ? settle(last, gateway.fetch(last.id())) : last);
    }

    /**
     * Opens a page. Servers that do so at once for the same request derive the same key, and get the same page.
     *
     * @param former the account's latest visit, after which this one comes
     */
    Checkout open(String customerId, CheckoutRequest request, Plan plan, Optional<Checkout> former) {
        CheckoutGateway.Session session = gateway.open(customerId, request, plan, key(customerId, request, former));
        if (session.url() == null) {
            throw new InvalidStateException("Checkout " + session.id() + " was not opened; start again");
        }
        Checkout checkout = new Checkout(
                session.id(),
                request.account(),
                plan.key(),
                request.units(),
                session.status(),
                session.url(),
                session.createdAt(),
                session.expiresAt());
        store.save(checkout);
        return checkout;
    }

    /** Closes an open page, unless it was paid meanwhile. */
    Checkout close(Checkout open) {
        return settle(open, gateway.expire(open.id(), RequestKey.random()));
    }

    private Checkout settle(Checkout checkout, CheckoutGateway.Session session) {
        if (session.subscriptionId() != null) {
            sync.refreshSubscription(session.subscriptionId());
        }
        Checkout now = checkout.withStatus(session.status());
        if (now.status() != checkout.status()) {
            store.save(now);
        }
        return now;
    }

    private RequestKey key(String customerId, CheckoutRequest request, Optional<Checkout> former) {
        long period = clock.instant().getEpochSecond() / KEY_LIFE.toSeconds();
        return RequestKey.derived(
                "checkout", customerId, request, former.map(Checkout::id).orElse("first"), period);
    }
}
