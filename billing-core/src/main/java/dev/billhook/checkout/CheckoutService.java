package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import java.net.URI;
import java.util.Optional;

/**
 * Sends accounts to the hosted payment page and takes them back. Thread-safe. An account has one open page of a kind: the
 * one that was asked for last. Call it outside of a database transaction, so that other servers see at once what is opened.
 *
 * @since 0.1.0
 */
public interface CheckoutService {
    /**
     * Opens the payment page. Makes the account's customer first if it has none; two servers doing so at once make one
     * customer. An open visit for an equal request is used again, any other open one is expired first.
     *
     * @return the visit; redirect the browser to {@link Checkout#url()} with status 303
     * @throws dev.billhook.NotFoundException if the account was not registered, or there is no such plan, coupon or promotion
     *     code
     * @throws dev.billhook.InvalidStateException if the account already has a subscription that has not ended; use
     *     {@link dev.billhook.lifecycle.SubscriptionService#changePlan} instead. Also if another page was opened for the
     *     account at the same moment: the one that was asked for last stays
     * @throws dev.billhook.offer.SoldOutException if the plan is limited and all places are taken or held
     * @throws ReturnUrlException if a URL is not one the browser may be sent to
     * @throws dev.billhook.purchase.PurchaseException if the account owns the plan's tier, or a payment for something paid once
     *     is on its way
     * @throws IllegalArgumentException if the plans do not go together or do not allow that many units
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     */
    Checkout start(CheckoutRequest request);

    /**
     * Opens a page that takes a new card and charges nothing. Once the buyer is back, or the webhook has arrived, the card
     * is what the account's customer and its running subscriptions are charged by.
     *
     * @return the visit; redirect the browser to {@link Checkout#url()} with status 303
     * @throws dev.billhook.NotFoundException if the account was not registered
     * @throws dev.billhook.InvalidStateException if another such page was opened for the account at the same moment
     * @throws ReturnUrlException if a URL is not one the browser may be sent to
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     */
    Checkout startCardUpdate(AccountRef account, URI successUrl, URI cancelUrl);

    /**
     * Call when the browser is back from the payment page: asks the provider how the account's latest visit ended and
     * brings the mirror up to date, whether or not the webhook has arrived.
     *
     * @return the latest visit, or empty if the account never started one
     * @throws dev.billhook.error.ProviderException if the provider cannot be reached
     */
    Optional<Checkout> confirmReturn(AccountRef account);
}
