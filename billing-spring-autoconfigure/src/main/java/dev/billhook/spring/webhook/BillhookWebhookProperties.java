package dev.billhook.spring.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The webhook endpoint. A bean: hosts that secure their paths ask it for its own.
 *
 * @param enabled Whether this application takes webhooks in; a node that does not can still read and command.
 * @param path Path of the endpoint inside the application, starting with '/'. It must be reachable without login and exempt from CSRF tokens.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.webhook")
public record BillhookWebhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(DEFAULT_PATH) String path) {
    /** Where the endpoint is unless told otherwise. */
    public static final String DEFAULT_PATH = "/billhook/webhook";

    /**
     * @throws IllegalArgumentException if the path does not start with a slash or is a pattern
     */
    public BillhookWebhookProperties {
        if (!path.matches("/[A-Za-z0-9._~/-]*")) {
            throw new IllegalArgumentException(
                    "billhook.webhook.path must start with '/' and consist of letters, digits, '.', '_', '~', '-' and '/'");
        }
    }

    /** Path of the endpoint of a further {@link dev.billhook.Billing}, by the name of its bean. */
    public String pathOf(String bean) {
        return (path.endsWith("/") ? path : path + "/") + bean;
    }
}
