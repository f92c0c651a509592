package dev.billhook.spi.provider.purchase;

import dev.billhook.mirror.Fetched;
import dev.billhook.purchase.Sale;
import java.util.Optional;

/**
 * Payment pages that sold something once.
 *
 * @since 0.1.0
 */
public interface PurchaseGateway {
    /** What a Checkout session sold, with all its lines; empty if it sold nothing, or a subscription. */
    Fetched<Optional<Sale>> fetch(String sessionId);

    /** The Checkout session a payment was made at, or empty if it was made elsewhere. */
    Optional<String> sessionOf(String paymentId);
}
