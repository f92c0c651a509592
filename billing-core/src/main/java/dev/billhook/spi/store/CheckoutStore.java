package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import dev.billhook.checkout.Checkout;
import java.util.Optional;

/**
 * Visits to the hosted payment page.
 *
 * @since 0.1.0
 */
public interface CheckoutStore {
    /** Inserts a visit; replaces it if its id exists. */
    void save(Checkout checkout);

    /** The account's newest visit. */
    Optional<Checkout> findLatest(AccountRef account);

    /** The visit of a provider's session id. */
    Optional<Checkout> find(String checkoutId);
}
