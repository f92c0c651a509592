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
     * @throws dev.billhook.NotFoundException if the account was not registered, or the catalog has no such plan
     * @throws dev.billhook.InvalidStateException if the account has no customer yet, or no subscription the flow could be
     *     about, or one the portal cannot switch
     * @throws dev.billhook.conversion.ConversionException if there is no way to the plan of the flow
     * @throws ReturnUrlException if a URL is not one the browser may be sent to
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     */
    URI open(PortalRequest request);
}
