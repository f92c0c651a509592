package dev.billhook.spring.accounts;

import dev.billhook.ProviderScope;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spring.BillhookProperties.Account;

/**
 * The providers of further accounts. Stripe if billing-stripe is there, unless a bean of this type says otherwise, e.g. one
 * that reads keys from a vault.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AccountProviders {
    /** The provider of an account, which is of this scope. */
    PaymentProvider of(ProviderScope scope, Account account);
}
