package dev.billhook.checkout;

import dev.billhook.account.AccountRef;
import java.net.URI;

/**
 * A visit to the Customer Portal.
 *
 * @param account the authenticated account of the request, never a value from the browser
 * @param returnUrl absolute URL the portal's "back" link leads to
 * @param flow which page it opens on
 * @since 0.1.0
 */
public record PortalRequest(AccountRef account, URI returnUrl, PortalFlow flow) {
    /**
     * @throws IllegalArgumentException if the URL is not absolute http(s)
     */
    public PortalRequest {
        WebUrls.requireAbsolute("returnUrl", returnUrl);
    }

    /** A visit that starts on the portal's home page. */
    public static PortalRequest home(AccountRef account, URI returnUrl) {
        return new PortalRequest(account, returnUrl, PortalFlow.HOME);
    }
}
