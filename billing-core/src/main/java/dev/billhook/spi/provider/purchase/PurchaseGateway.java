package dev.billhook.spi.provider.purchase;

import dev.billhook.mirror.Fetched;
import dev.billhook.purchase.Sale;
import java.util.List;
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
    Sessions list(@Nullable String afterId, int max);

    /**
     * A page of the list.
     *
     * @param more whether older ones follow
     */
    record Sessions(List<Listed> listed, boolean more) {
        /** Copies the sessions. */
        public Sessions {
            listed = List.copyOf(listed);
        }
    }

    /**
     * A session of the list.
     *
     * @param sessionId the provider's id
     * @param sale what it sold, or null if it sold nothing, or a subscription; when a payment was given back need not be told
     */
    record Listed(String sessionId, @Nullable Sale sale) {}
}
