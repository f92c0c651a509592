package dev.billhook.spi.provider.endpoint;

import dev.billhook.RequestKey;
import dev.billhook.webhook.endpoint.Registration;
import dev.billhook.webhook.endpoint.WebhookEndpoint;
import java.net.URI;
import java.util.List;

/**
 * The provider's webhook endpoints. What is made or changed gets the events Billhook needs, no others.
 *
 * @since 0.1.0
 */
public interface EndpointGateway {
    /** All endpoints of the provider's account, whoever made them, oldest first. */
    List<WebhookEndpoint> list();

    /**
     * Makes an endpoint; the answer has its secret. The same call with the same key answers the same within 24 hours.
     *
     * @param mark kept with the endpoint
     */
    Registration create(String environment, URI url, String mark, RequestKey key);

    /** Brings environment, url and events of an endpoint up to date, and enables it. */
    WebhookEndpoint update(String endpointId, String environment, URI url, RequestKey key);

    /** Removes an endpoint; does nothing if it is gone. */
    void remove(String endpointId, RequestKey key);
}
