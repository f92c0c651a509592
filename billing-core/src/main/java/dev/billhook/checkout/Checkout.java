package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A visit to the hosted payment page.
 *
 * @param id the provider's session id; informational, no API takes it back
 * @param kind what the visit is for
 * @param account who comes
 * @param plan what is bought; null if nothing is
 * @param units how many were asked for; 0 if nothing is bought. A buyer who could adjust them may have bought others, the
 *     subscription tells
 * @param status how far it got
 * @param url where to send the browser while it is {@link CheckoutStatus#OPEN}
 * @param createdAt when it was made (UTC)
 * @param expiresAt when the page stops taking payments (UTC)
 * @since 0.1.0
 */
public record Checkout(
        String id,
        Kind kind,
        AccountRef account,
        @Nullable PlanKey plan,
        long units,
        CheckoutStatus status,
        URI url,
        Instant createdAt,
        Instant expiresAt) {
    /**
     * @throws IllegalArgumentException if a purchase has no plan, or another visit has one
     */
    public Checkout {
        if ((kind == Kind.PLAN) != (plan != null)) {
            throw new IllegalArgumentException("A plan goes with a visit of kind PLAN, and with no other");
        }
    }

    /** What is bought, if anything is. */
    public Optional<PlanKey> boughtPlan() {
        return Optional.ofNullable(plan);
    }

    /** What a visit is for. */
    public enum Kind {
        /** Buying a plan. */
        PLAN,
        /** Leaving a new card for payments to come. */
        CARD_UPDATE
    }
}
