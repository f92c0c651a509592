package dev.billhook.spring.webhook;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The webhook endpoint. A bean: hosts that secure their paths ask it for its own.
 *
 * @param enabled Whether this application takes webhooks in; a node that does not can still read and command.
 * @param path Path of the endpoint inside the application, starting with '/'. It must be reachable without login and exempt from CSRF tokens.
 * @param paths Paths of further accounts' endpoints, by the names of the accounts; the first one's path and below it the name unless set.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.webhook")
public record BillhookWebhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(DEFAULT_PATH) String path,
        @DefaultValue Map<String, String> paths) {
    /** Where the endpoint is unless told otherwise. */
    public static final String DEFAULT_PATH = "/billhook/webhook";

    /**
     * @throws IllegalArgumentException if a path does not start with a slash or is a pattern, or two are the same
     */
    public BillhookWebhookProperties {
        check("path", path);
        Set<String> taken = new HashSet<>(Set.of(path));
        paths.forEach((account, own) -> {
            check("paths." + account, own);
            if (!taken.add(own)) {
                throw new IllegalArgumentException("billhook.webhook.paths." + account
                        + " is the path of another account; events go to their accounts by their paths");
            }
        });
        paths = Map.copyOf(paths);
    }

    /** Path of the endpoint of a further {@link dev.billhook.Billing}, by the name of its bean. */
    public String pathOf(String bean) {
        return paths.getOrDefault(bean, (path.endsWith("/") ? path : path + "/") + bean);
    }

    private static void check(String property, String path) {
        if (!path.matches("/[A-Za-z0-9._~/-]*")) {
            throw new IllegalArgumentException("billhook.webhook." + property
                    + " must start with '/' and consist of letters, digits, '.', '_', '~', '-' and '/'");
        }
    }
}
