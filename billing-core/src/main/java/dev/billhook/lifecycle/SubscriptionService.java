package dev.billhook.lifecycle;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
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

    /**
     * Cancels the main subscription and returns its new state. A scheduled change of its lines is withdrawn. Invoices that are
     * open stay open and can still be paid; once the subscription has ended the provider no longer collects them by itself.
     */
    Subscription cancel(AccountRef account, Cancellation cancellation);

    /** The same, and tells why; {@link Subscription#cancellation()} shows the feedback. */
    Subscription cancel(AccountRef account, Cancellation cancellation, Cancellation.Why why);

    /**
     * The same, and repeatable. What was given back already is not given back again in any case, so a cancellation that failed
     * halfway can be asked for again with or without its key.
     */
    Subscription cancel(AccountRef account, Cancellation cancellation, Cancellation.Why why, RequestKey key);

    /**
     * Shows what a cancellation of the main subscription would give back, line by line, and changes nothing. What is unused
     * becomes less with every second, so a cancellation that is made later gives back that much less.
     */
    CancellationPreview previewCancellation(AccountRef account, Cancellation cancellation);

    /** Withdraws a pending cancellation, whichever way it was made, and returns the new state. */
    Subscription uncancel(AccountRef account);

    /**
     * Lets an account that left have again what it had: a new subscription with the lines, quantities, collection and tax of the
     * one that ended last. It begins now, without a trial and without the discounts of old, and is charged at once; if that fails
     * nothing is made. Called again it has one effect: one that was begun already, but nobody was told, is answered.
     *
     * @throws ReactivationException if it cannot have it again
     * @throws dev.billhook.error.PaymentDeclinedException if the first payment is declined
     */
    Subscription reactivate(AccountRef account, Reactivation wish);

    /** The same, and repeatable: the same key has one effect. */
    Subscription reactivate(AccountRef account, Reactivation wish, RequestKey key);

    /**
     * Makes invoices without collecting them, from the next one on; {@link Subscription#pause()} shows it. Invoices that are open
     * already are not touched.
     */
    Subscription pause(AccountRef account, CollectionPause pause);

    /**
     * Collects again. Invoices that stayed drafts meanwhile stay so until somebody finalizes them. A subscription whose trial ended
     * without a payment method begins a period now, and is charged for it. If nothing is paused nothing happens.
     */
    Subscription resume(AccountRef account);

    /**
     * Collects further invoices in another way, at any time. Invoices that exist keep the way they were made with: an open one that
     * was to be paid by hand is not charged, and one that is being charged is not mailed.
     */
    Subscription collectBy(AccountRef account, CollectionMethod method);

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
