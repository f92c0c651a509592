package dev.billhook.spi.store.endpoint;

import java.util.List;

/**
 * Signing secrets of webhook endpoints, sealed.
 *
 * @since 0.1.0
 */
public interface EndpointStore {
    /** Keeps a secret, in place of what was kept for the endpoint. */
    void save(Kept kept);

    /** All that is kept, by endpoint id. */
    List<Kept> list();

    /** Forgets an endpoint's secret; nothing if none is kept. */
    void remove(String endpointId);

    /**
     * A secret.
     *
     * @param endpointId the provider's
     * @param environment whose endpoint it is
     * @param sealedSecret at most 500 characters, readable with the host's keys only
     */
    record Kept(String endpointId, String environment, String sealedSecret) {}
}
