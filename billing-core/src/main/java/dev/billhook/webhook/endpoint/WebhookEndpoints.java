package dev.billhook.webhook.endpoint;

import java.net.URI;
import java.util.List;

/**
 * The webhook endpoints of environments, e.g. of staging or of a branch: registered once each, found again by the environment's
 * name, and removed with it. An operator's tool, which may run before the application does. Every failure of the provider is a
 * {@link dev.billhook.error.ProviderException}. An environment is named by 1 to 100 letters, digits, {@code . _ / -}; all methods
 * throw {@link IllegalArgumentException} for another name. Thread-safe; for one environment call it from one place at a time.
 *
 * <p>The provider tells the secret of an endpoint only when it makes it. It is kept in the database under the host's
 * {@link SecretKeys}, if there are any ({@link dev.billhook.BillingBuilder#secretKeys}), and handed to the caller. A call whose
 * answer was lost is repeated: within a day the secret is told again. Source: Stripe, "Create a webhook endpoint" and
 * "Idempotent requests".
 *
 * @since 0.1.0
 */
public interface WebhookEndpoints {
    /**
     * Has the environment's events delivered to the address. Endpoints of the environment are brought up to date; one that
     * somebody made for the address becomes the environment's; only otherwise one is made.
     *
     * @param url absolute {@code http} or {@code https} address of the webhook endpoint in the application
     * @throws dev.billhook.InvalidStateException if the address is another environment's
     * @throws IllegalArgumentException if the address is not of the form above
     */
    Registration register(String environment, URI url);

    /**
     * Makes a second endpoint, with a secret of its own, at the address of the environment's and in the adapter's version of the
     * provider's API. Both deliver until the application has the new secret and {@link #retire} removes the old one; of an event
     * that comes twice the second delivery changes nothing.
     *
     * @throws dev.billhook.NotFoundException if the environment has no endpoint
     */
    Registration rotate(String environment);

    /**
     * Removes all endpoints of the environment but the newest, and forgets their secrets.
     *
     * @return how many
     */
    int retire(String environment);

    /** The endpoints of all environments, oldest first; those nobody registered here are left out. */
    List<WebhookEndpoint> list();

    /**
     * The secrets that are kept for an environment: one, or several while it is being rotated. An application that starts asks
     * {@link dev.billhook.Billing#endpointSecrets} instead, because the adapter needs them first.
     *
     * @throws dev.billhook.BillingException if none of the keys opens one
     */
    List<SigningSecret> secrets(String environment);

    /**
     * Removes whatever the environment has, and forgets its secrets.
     *
     * @return how many endpoints
     */
    int remove(String environment);
}
