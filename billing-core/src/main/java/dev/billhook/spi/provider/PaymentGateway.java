package dev.billhook.spi.provider;

import java.util.Optional;

/**
 * Payments at the provider.
 *
 * @since 0.1.0
 */
public interface PaymentGateway {
    /** The customer who made a payment, or empty if it was made by nobody the provider knows. */
    Optional<String> customerOf(String paymentId);
}
