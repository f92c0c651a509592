package dev.billhook.subscription;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.util.List;
import java.util.Optional;

/**
 * Reads an account's subscriptions from the mirror and changes them at the provider. A change goes to the provider first
 * and then into the mirror; if the provider refuses, nothing changes. Thread-safe.
 *
 * <p>Every command throws {@link dev.billhook.ProviderException} if the provider refuses or cannot be reached, and
 * {@link dev.billhook.InvalidStateException} if the account has no subscription the command applies to.
 *
 * @since 0.1.0
 */
public interface SubscriptionService {
    /** The account's main subscription: the newest one that has not ended. Reads the mirror only. */
    Optional<Subscription> find(AccountRef account);

    /** All subscriptions of the account, newest first, ended ones included. Reads the mirror only. */
    List<Subscription> list(AccountRef account);

    /** Cancels the main subscription and returns its new state. */
    Subscription cancel(AccountRef account, Cancellation cancellation);

    /** Withdraws a pending cancellation, whichever way it was made, and returns the new state. */
    Subscription uncancel(AccountRef account);

    /**
     * Moves the main subscription to another plan, units kept as far as the target allows, and prorates now.
     *
     * @throws dev.billhook.NotFoundException if the catalog has no such plan
     * @throws dev.billhook.conversion.ConversionException if there is no way from the present plan to the target
     */
    Subscription changePlan(AccountRef account, PlanKey target);

    /**
     * Sets the number of units of the main subscription's plan and prorates now.
     *
     * @throws IllegalArgumentException if the plan does not allow that number
     */
    Subscription setUnits(AccountRef account, long units);
}
