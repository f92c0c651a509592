package dev.billhook.spring.accounts;

import dev.billhook.ProviderScope;
import dev.billhook.spi.signal.AccessSignals;
import dev.billhook.spi.store.BillingStores;
import java.util.Optional;

/**
 * Where the mirrors of further accounts are kept. In the tables of the main one if billing-jdbc is there; a host with stores
 * of its own has a bean of this type.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AccountStores {
    /** The stores of an account. */
    BillingStores of(ProviderScope scope);

    /** How nodes tell each other whose access changes there; empty if they do not. */
    default Optional<AccessSignals> signalsOf(ProviderScope scope) {
        return Optional.empty();
    }
}
