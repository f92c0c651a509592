package dev.billhook.notice;

import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.subscription.Subscription;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything of an account that its notices follow from.
 *
 * @param customer its customer, or null if it has none
 * @since 0.1.0
 */
public record NoticeFacts(AccountRef account, @Nullable Customer customer, AccessFacts access) {
    /** What a subscription is charged to: its own payment method, or the customer's default. */
    Optional<PaymentMethod> chargedTo(Subscription subscription) {
        PaymentMethod own = subscription.paymentMethod();
        return Optional.ofNullable(own != null || customer == null ? own : customer.defaultPaymentMethod());
    }
}
