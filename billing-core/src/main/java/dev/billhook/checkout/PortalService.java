package dev.billhook.checkout;

import java.net.URI;

/**
 * Sends accounts to the hosted Customer Portal. Thread-safe.
 *
 * @since 0.1.0
 */
public interface PortalService {
    /**
     * Opens the portal for the account of the request.
     *
     * @return where to redirect the browser, status 303; valid for a few minutes and one visitor
     * @throws dev.billhook.NotFoundException if the account was not registered
     * @throws dev.billhook.InvalidStateException if the account has no customer yet; send it to Checkout first
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     */
    URI open(PortalRequest request);
}
