package dev.billhook.spi.store;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.endpoint.EndpointStore;
import dev.billhook.spi.store.erasure.ErasureStore;
import dev.billhook.spi.store.notice.NoticeStore;
import dev.billhook.spi.store.offer.OfferStore;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.spi.store.usage.UsageStore;

/**
 * Everything a persistence adapter provides, for one scope: no method sees or touches rows of another. All are
 * thread-safe and work in the transaction open on the calling thread, or one statement at a time if there is none.
 *
 * @since 0.1.0
 */
public interface BillingStores {
    /** The scope all rows belong to. */
    ProviderScope scope();

    /** Transactions that span all stores. */
    Transactor transactor();

    /** Accounts. */
    AccountStore accounts();

    /** Mirrored subscriptions, to read. */
    SubscriptionStore subscriptions();

    /** Mirrored one-time purchases. */
    PurchaseStore purchases();

    /** What access follows from. */
    AccessStore access();

    /** The mirror as the door reads and writes it. */
    MirrorStore mirror();

    /** Received events. */
    InboxStore inbox();

    /** Events for after-commit listeners. */
    OutboxStore outbox();

    /** Visits to the payment page. */
    CheckoutStore checkouts();

    /** What takes personal data out of the rows. */
    ErasureStore erasure();

    /** What accounts are told by time. */
    NoticeStore notices();
    /** Places of limited plans. */
    OfferStore offers();

    /** Usage of metered plans. */
    UsageStore usage();

    /** Secrets of webhook endpoints. */
    EndpointStore endpoints();

    /** Where long-running jobs got to. */
    CursorStore cursors();
}
