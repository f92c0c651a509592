package dev.billhook.trial;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.subscription.Subscription;
import java.time.Instant;

/**
 * Decides who gets a free trial, and changes trials that run. Converting one to another plan is a change of plan:
 * {@link dev.billhook.subscription.SubscriptionService#changePlan(AccountRef, PlanKey)} keeps the trial. Thread-safe.
 *
 * <p>Every command throws {@link dev.billhook.error.ProviderException} if the provider refuses or cannot be reached,
 * {@link dev.billhook.InvalidStateException} if the account has no subscription, and {@link TrialException} if its trial
 * cannot be changed so.
 *
 * @since 0.1.0
 */
public interface TrialService {
    /**
     * Whether the account gets the plan's trial, by the {@link TrialPolicy}. Checkout asks it; a pricing page may, too. Asks
     * the provider only if the policy looks at more than the account.
     *
     * @throws dev.billhook.NotFoundException if the account was never registered, or the catalog has no such plan
     */
    TrialDecision check(AccountRef account, PlanKey plan);

    /**
     * Whether the account gets a trial that is offered on other terms than its plan's.
     *
     * @throws dev.billhook.NotFoundException if the account was never registered
     */
    TrialDecision check(AccountRef account, TrialTerms offered);

    /**
     * Lets the trial of the main subscription end later.
     *
     * @param until the new end (UTC), at most two years from now; fractions of seconds are cut off
     */
    default Subscription extend(AccountRef account, Instant until) {
        return extend(account, until, RequestKey.random());
    }

    /** The same, repeatable with its key. */
    Subscription extend(AccountRef account, Instant until, RequestKey key);

    /**
     * Ends the trial of the main subscription now; its first period begins and is charged. If the payment fails the trial
     * goes on as it was.
     *
     * @throws TrialException with reason {@link TrialException.Reason#NO_PAYMENT_METHOD} if there is nothing to charge
     * @throws dev.billhook.error.PaymentDeclinedException if the payment method is declined
     */
    default Subscription endNow(AccountRef account) {
        return endNow(account, RequestKey.random());
    }

    /** The same, repeatable with its key. */
    Subscription endNow(AccountRef account, RequestKey key);
}
