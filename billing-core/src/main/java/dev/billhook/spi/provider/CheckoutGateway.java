package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.catalog.Plan;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The provider's hosted payment page.
 *
 * @since 0.1.0
 */
public interface CheckoutGateway {
    /**
     * Opens a page. The account is written into the session and into the subscription it makes.
     *
     * @param customerId who pays
     * @param request units and URLs
     * @param plan what is bought; its price is found by the plan's key
     */
    Session open(String customerId, CheckoutRequest request, Plan plan, RequestKey key);

    /** The page's present state. */
    Session fetch(String sessionId);

    /** Stops an open page from taking payments; answers the state it is in, also if it was paid meanwhile. */
    Session expire(String sessionId, RequestKey key);

    /**
     * A page's state.
     *
     * @param id the provider's id
     * @param status how far the buyer got
     * @param url where the page is; null once it is not open
     * @param createdAt when it was opened (UTC)
     * @param expiresAt when it stops taking payments (UTC)
     * @param subscriptionId the subscription it made, or null
     */
    record Session(
            String id,
            CheckoutStatus status,
            @Nullable URI url,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String subscriptionId) {}
}
