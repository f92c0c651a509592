package dev.billhook.mirror;

import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import org.jspecify.annotations.Nullable;

/**
 * A customer's state.
 *
 * @param customer the state
 * @param paymentMethodResolved whether the default payment method is told in full; events name only its id
 * @param accountHint see {@link Snapshot#accountHint()}
 * @param onTestClock see {@link Snapshot#onTestClock()}
 * @since 0.1.0
 */
public record CustomerSnapshot(
        Customer customer,
        boolean paymentMethodResolved,
        @Nullable AccountRef accountHint,
        boolean onTestClock) implements Snapshot {
    @Override
    public String objectId() {
        return customer.id();
    }

    @Override
    public String customerId() {
        return customer.id();
    }
}
