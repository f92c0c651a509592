package dev.billhook.mirror;

import dev.billhook.account.AccountRef;
import dev.billhook.account.PaymentMethod;
import dev.billhook.subscription.Subscription;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's state.
 *
 * @param subscription the state
 * @param customerId whose it is
 * @param accountHint see {@link Snapshot#accountHint()}
 * @param onTestClock see {@link Snapshot#onTestClock()}
 * @param confirmed the mark of the previewed change that was made last, or null if none was
 * @since 0.1.0
 */
public record SubscriptionSnapshot(
        Subscription subscription,
        String customerId,
        @Nullable AccountRef accountHint,
        boolean onTestClock,
        @Nullable String confirmed)
        implements Snapshot {
    /** A state no previewed change led to. */
    public SubscriptionSnapshot(
            Subscription subscription, String customerId, @Nullable AccountRef accountHint, boolean onTestClock) {
        this(subscription, customerId, accountHint, onTestClock, null);
    }

    @Override
    public String objectId() {
        return subscription.id();
    }

    /**
     * The state with the payment method in full: events name only its id, and what the mirror knows of the same one stays.
     * Empty if it is another one, which must be fetched.
     *
     * @param known what the mirror has, or null
     */
    public Optional<Subscription> resolvedWith(@Nullable Subscription known) {
        PaymentMethod named = subscription.paymentMethod();
        if (named == null || named.told()) {
            return Optional.of(subscription);
        }
        PaymentMethod kept = known == null ? null : known.paymentMethod();
        return kept == null || !kept.id().equals(named.id())
                ? Optional.empty()
                : Optional.of(subscription.toBuilder().paymentMethod(kept).build());
    }
}
