package dev.billhook.spi.provider.purchase;

import dev.billhook.mirror.Fetched;
import dev.billhook.purchase.Sale;
import dev.billhook.spi.provider.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * Finished Checkout sessions, newest first. Those that sold nothing once are among them, so that paging can go on from any.
     *
     * @param afterId the last session of the page before, or null for the first page
     * @param max at most so many
     */
    Page<Listed> list(@Nullable String afterId, int max);

    /**
     * A session of the list.
     *
     * @param sessionId the provider's id
     * @param sale what it sold, or null if it sold nothing, or a subscription; when a payment was given back need not be told
     */
    record Listed(String sessionId, @Nullable Sale sale) {}
}
