package dev.billhook.spi.provider.imports;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import java.util.List;

/**
 * Customers that were made before, at the provider.
 *
 * @since 0.1.0
 */
public interface ImportGateway {
    /**
     * Living customers with this address, as it is written or in small letters.
     *
     * @param max how many at most, 1 to 100
     */
    List<CustomerSnapshot> withEmail(String email, int max);

    /** Writes the account into the customer's metadata; other metadata stays. */
    Fetched<CustomerSnapshot> link(String customerId, AccountRef account, RequestKey key);

    /** The ids of all of the customer's subscriptions, ended ones too, newest first. */
    List<String> subscriptionsOf(String customerId);
}
