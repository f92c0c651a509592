package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingDetail;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Fetched;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Customers at the provider.
 *
 * @since 0.1.0
 */
public interface CustomerGateway {
    /**
     * Makes a customer that names its account in its metadata and nothing else, so that the same key always goes with the
     * same values.
     */
    Fetched<CustomerSnapshot> create(AccountRef account, RequestKey key);

    /** Writes e-mail and name; null fields are left as they are. */
    Fetched<CustomerSnapshot> update(String customerId, AccountProfile profile, RequestKey key);

    /** Charges this payment method of the customer by default from now on. */
    Fetched<CustomerSnapshot> useForPayments(String customerId, String paymentMethodId, RequestKey key);

    /** Deletes the customer with its payment methods, and ends its subscriptions; one that is gone stays so. */
    void delete(String customerId, RequestKey key);

    /** The customer with its default payment method; a deleted customer is told as such. */
    Fetched<CustomerSnapshot> fetch(String customerId);

    /**
     * What the customer has told: only that it is there, not what it is.
     *
     * @param asked what is of interest; the payment method is none of it
     * @return those of them that are there
     */
    Set<BillingDetail> details(String customerId, Set<BillingDetail> asked);

    /**
     * Goes through all living customers with their default payment methods, newest first.
     *
     * @param afterId the last one seen, or null to begin
     * @param max how many at most, 1 to 100
     */
    Page<CustomerSnapshot> list(@Nullable String afterId, int max);
}
