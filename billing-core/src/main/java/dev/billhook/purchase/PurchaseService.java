package dev.billhook.purchase;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.credit.Refund;
import java.util.List;
import java.util.Optional;

/**
 * What accounts paid for once and keep. Bought with {@link dev.billhook.checkout.CheckoutService}. Thread-safe.
 *
 * @since 0.1.0
 */
public interface PurchaseService {
    /** All purchases of the account, newest first, revoked ones too. Reads the mirror only. */
    List<Purchase> list(AccountRef account);

    /** A purchase of the account. Reads the mirror only. */
    Optional<Purchase> find(AccountRef account, String purchaseId);

    /**
     * Gives money back. Once all of it went back the purchase is revoked, and the mirror says so when this returns.
     *
     * @throws dev.billhook.NotFoundException if the account has no such purchase
     * @throws PurchaseException if there is not as much left to give back
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     */
    Refund.Part refund(AccountRef account, String purchaseId, PurchaseRefund request);

    /** The same, and repeatable: a second call with the same key gives nothing more back and answers the first one's refund. */
    Refund.Part refund(AccountRef account, String purchaseId, PurchaseRefund request, RequestKey key);
}
