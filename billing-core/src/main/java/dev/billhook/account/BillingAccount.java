package dev.billhook.account;

import dev.billhook.AsOf;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account as the mirror knows it.
 *
 * @param ref the host's key
 * @param profile what the host told last
 * @param customer the customer at the provider, or null before the first Checkout
 * @param customerAsOf when, in the provider's time, the customer's state was so; null if only the link is known
 * @param createdAt when the host first registered the account (UTC)
 * @param version counts the writes of this row; starts at 1
 * @since 0.1.0
 */
public record BillingAccount(
        AccountRef ref,
        AccountProfile profile,
        @Nullable Customer customer,
        @Nullable AsOf customerAsOf,
        Instant createdAt,
        long version) {

    /** A newly registered account without a customer. */
    public static BillingAccount registered(AccountRef ref, AccountProfile profile, Instant now) {
        return new BillingAccount(ref, profile, null, null, now, 1);
    }

    /** The provider's customer id, if a customer that is not deleted exists. */
    public Optional<String> customerId() {
        return customer == null || customer.deleted() ? Optional.empty() : Optional.of(customer.id());
    }

    /** This account with another profile. */
    public BillingAccount withProfile(AccountProfile newProfile) {
        return new BillingAccount(ref, newProfile, customer, customerAsOf, createdAt, version);
    }

    /** This account with the customer state of the given provider time. */
    public BillingAccount withCustomer(Customer newCustomer, @Nullable AsOf asOf) {
        return new BillingAccount(ref, profile, newCustomer, asOf, createdAt, version);
    }

    /** This account, written once more. */
    public BillingAccount nextVersion() {
        return new BillingAccount(ref, profile, customer, customerAsOf, createdAt, version + 1);
    }
}
