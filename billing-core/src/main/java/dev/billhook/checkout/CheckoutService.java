package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import java.util.Optional;

/**
 * Sends accounts to the hosted payment page and takes them back. Thread-safe.
 *
 * @since 0.1.0
 */
public interface CheckoutService {
    /**
     * Opens the payment page. Makes the account's customer first if it has none; two servers doing so at once make one
     * customer. An open visit for the same plan and units is used again, any other open one is expired first.
     *
     * @return the visit; redirect the browser to {@link Checkout#url()} with status 303
     * @throws dev.billhook.NotFoundException if the account was not registered or the catalog has no such plan
     * @throws dev.billhook.InvalidStateException if the account already has a subscription that has not ended; use
     *     {@link dev.billhook.lifecycle.SubscriptionService#changePlan} instead
     * @throws IllegalArgumentException if the plan does not allow that many units, or is paid once: one-time purchases give
     *     no access in this version, so nobody is sent to pay for one
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     */
    Checkout start(CheckoutRequest request);

    /**
     * Call when the browser is back from the payment page: asks the provider how the account's latest visit ended and
     * brings the mirror up to date, whether or not the webhook has arrived.
     *
     * @return the latest visit, or empty if the account never started one
     * @throws dev.billhook.error.ProviderException if the provider cannot be reached
     */
    Optional<Checkout> confirmReturn(AccountRef account);
}
