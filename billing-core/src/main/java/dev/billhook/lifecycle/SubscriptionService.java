package dev.billhook.lifecycle;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads an account's subscriptions from the mirror and changes them at the provider. A change goes to the provider first
 * and then into the mirror; if the provider refuses, nothing changes. Thread-safe.
 *
 * <p>Every command throws {@link dev.billhook.error.ProviderException} if the provider refuses or cannot be reached, and
 * {@link dev.billhook.InvalidStateException} if the account has no subscription the command applies to.
 *
 * @since 0.1.0
 */
public interface SubscriptionService {
    /** How long a preview can be confirmed. */
    Duration PREVIEW_TIME = Duration.ofMinutes(15);

    /** The account's main subscription: the newest one that has not ended. Reads the mirror only. */
    Optional<Subscription> find(AccountRef account);

    /** All subscriptions of the account, newest first, ended ones included. Reads the mirror only. */
    List<Subscription> list(AccountRef account);

    /** Cancels the main subscription and returns its new state. A scheduled change of its lines is withdrawn. */
    Subscription cancel(AccountRef account, Cancellation cancellation);

    /** Withdraws a pending cancellation, whichever way it was made, and returns the new state. */
    Subscription uncancel(AccountRef account);

    /**
     * Moves the main subscription to another plan, when and how the conversion policy says.
     *
     * @return the new state; a change at renewal shows in its {@link Subscription#scheduledChange()}
     * @throws dev.billhook.NotFoundException if the catalog has no such plan
     * @throws dev.billhook.conversion.ConversionException if there is no way from the present plan to the target
     */
    Subscription changePlan(AccountRef account, PlanKey target);

    /**
     * Moves the main subscription to another plan, as wished; what the wish leaves open the conversion policy decides.
     *
     * @return the new state; a change at renewal shows in its {@link Subscription#scheduledChange()}
     * @throws dev.billhook.NotFoundException if the catalog has no such plan
     * @throws dev.billhook.conversion.ConversionException if there is no way from the present plan to the target
     */
    Subscription changePlan(AccountRef account, PlanChange change);

    /**
     * The same as {@link #changePlan(AccountRef, PlanChange)}, and repeatable: the same key with the same change has one effect.
     */
    Subscription changePlan(AccountRef account, PlanChange change, RequestKey key);

    /**
     * Shows what a change of plan would cost, line by line, and changes nothing. Its token is good for {@link #PREVIEW_TIME}.
     *
     * @throws dev.billhook.NotFoundException if the catalog has no such plan
     * @throws dev.billhook.conversion.ConversionException if there is no way from the present plan to the target
     * @throws dev.billhook.InvalidStateException if it cannot be foreseen because another change of lines is scheduled
     */
    ChangePreview preview(AccountRef account, PlanChange change);

    /**
     * Makes a previewed change and charges what was shown to the cent, or changes nothing. Confirming twice changes and charges
     * once and answers the same. If a payment is declined the token is used up: show a new preview once the account has another
     * payment method.
     *
     * @param token {@link ChangePreview#token()}
     * @throws PreviewExpiredException if the change would not cost what was shown
     * @throws dev.billhook.error.PaymentDeclinedException if what is due at once is not paid
     */
    Subscription confirm(AccountRef account, String token);

    /** Withdraws a scheduled change of the main subscription's lines; without one nothing happens. */
    Subscription withdrawScheduledChange(AccountRef account);

    /**
     * Sets the number of units of the main subscription's plan; more than are bought are charged as the plan's unit terms say.
     * {@link dev.billhook.unit.UnitService} can do more.
     *
     * @throws IllegalArgumentException if the plan does not allow that number
     * @throws dev.billhook.conversion.ConversionException if the number is fixed for the period
     */
    Subscription setUnits(AccountRef account, long units);
}
