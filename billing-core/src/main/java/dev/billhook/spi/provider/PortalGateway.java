package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.checkout.PortalFlow;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The provider's hosted Customer Portal.
 *
 * @since 0.1.0
 */
public interface PortalGateway {
    /**
     * Opens the portal.
     *
     * @param subscriptionId the subscription the flow is about; null is allowed for flows that need none
     */
    URI open(String customerId, URI returnUrl, PortalFlow flow, @Nullable String subscriptionId, RequestKey key);
}
