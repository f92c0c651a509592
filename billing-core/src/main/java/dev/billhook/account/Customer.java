package dev.billhook.account;

import org.jspecify.annotations.Nullable;

/**
 * The provider's customer behind an account, as mirrored. Holds no address and no card number.
 *
 * @param id the provider's customer id; informational, no API takes it back
 * @param currency lower-case currency the customer is billed in, or null before the first charge
 * @param delinquent whether the latest automatic charge failed
 * @param defaultPaymentMethod what is charged by default, or null
 * @param deleted whether the customer was deleted at the provider
 * @since 0.1.0
 */
public record Customer(
        String id,
        @Nullable String currency,
        boolean delinquent,
        @Nullable PaymentMethod defaultPaymentMethod,
        boolean deleted) {

    /** A customer of whom only the id is known. */
    public static Customer ofId(String id) {
        return new Customer(id, null, false, null, false);
    }

    /** This customer with another default payment method. */
    public Customer withPaymentMethod(@Nullable PaymentMethod method) {
        return new Customer(id, currency, delinquent, method, deleted);
    }
}
