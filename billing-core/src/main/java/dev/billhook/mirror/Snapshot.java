package dev.billhook.mirror;

import dev.billhook.account.AccountRef;
import org.jspecify.annotations.Nullable;

/**
 * The provider's state of one object, translated by an adapter.
 *
 * @since 0.1.0
 */
public sealed interface Snapshot permits CustomerSnapshot, PurchaseSnapshot, SubscriptionSnapshot {
    /** The object's id at the provider. */
    String objectId();

    /** The customer the object belongs to. */
    String customerId();

    /** The account written into the object's metadata when Billhook made it, or null. */
    @Nullable AccountRef accountHint();

    /** Whether the object lives in a time of its own, where event times cannot be compared. */
    boolean onTestClock();
}
