package dev.billhook.internal.deletion;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import org.jspecify.annotations.Nullable;

/** What is kept of a deleted account's records. Pure. */
final class Remains {
    private Remains() {}

    /** The account under its new name: when it began, and which customer it had. */
    static BillingAccount of(BillingAccount account, AccountRef name) {
        return new BillingAccount(
                name,
                AccountProfile.empty(),
                of(account.customer()),
                account.customerAsOf(),
                account.createdAt(),
                account.version() + 1);
    }

    /** Whatever became of the customer at the provider, nothing here uses it any more. */
    private static @Nullable Customer of(@Nullable Customer customer) {
        return customer == null ? null : new Customer(customer.id(), customer.currency(), false, null, true);
    }
}
