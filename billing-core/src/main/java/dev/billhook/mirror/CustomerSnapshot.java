package dev.billhook.mirror;

import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import java.util.Optional;
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

    /**
     * The state with the payment method in full: events name only its id, and what the mirror knows of the same one stays.
     * Empty if it is another one, which must be fetched.
     *
     * @param known what the mirror has, or null
     */
    public Optional<Customer> resolvedWith(@Nullable Customer known) {
        PaymentMethod told = customer.defaultPaymentMethod();
        if (paymentMethodResolved || told == null) {
            return Optional.of(customer);
        }
        PaymentMethod kept = known == null ? null : known.defaultPaymentMethod();
        return kept == null || !kept.id().equals(told.id())
                ? Optional.empty()
                : Optional.of(customer.withPaymentMethod(kept));
    }
}
