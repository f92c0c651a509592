package dev.billhook.spi.store.purchase;

import dev.billhook.AsOf;
import dev.billhook.account.AccountRef;
import dev.billhook.purchase.Purchase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Mirrored one-time purchases. The door alone writes them, with the account's row locked.
 *
 * @since 0.1.0
 */
public interface PurchaseStore {
    /** The row of a provider's Checkout session id. */
    Optional<Row> find(String purchaseId);

    /** The row of a provider's payment id. */
    Optional<Row> findByPayment(String paymentId);

    /** All purchases of an account, newest {@code boughtAt} first. */
    List<Purchase> list(AccountRef account);

    /** Writes rows, in place of those of the same id. */
    void write(List<Row> rows);

    /**
     * A purchase's row in the mirror.
     *
     * @param customerId the provider's customer
     * @param asOf when, in the provider's time, the state was so
     * @param syncedAt when the row was last confirmed (UTC)
     * @param version counts the writes; starts at 1
     */
    record Row(Purchase purchase, String customerId, AsOf asOf, Instant syncedAt, long version) {}
}
