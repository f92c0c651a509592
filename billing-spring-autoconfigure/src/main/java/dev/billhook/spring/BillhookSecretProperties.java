package dev.billhook.spring;

import dev.billhook.webhook.endpoint.SecretKeys;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What secrets in the database are kept under. A bean of type SecretKeys goes first, e.g. one that reads a vault.
 *
 * @param keys Keys for secrets in the database, each 32 bytes in base64; the first one seals, all of them open. Keep them out of files under version control.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.secrets")
public record BillhookSecretProperties(@DefaultValue List<String> keys) {
    /** Blank keys, as unset placeholders leave them, count as none. */
    public BillhookSecretProperties {
        keys = keys.stream().filter(key -> !key.isBlank()).toList();
    }

    /**
     * The keys.
     *
     * @throws SetupException if one is none
     */
    SecretKeys secretKeys() {
        try {
            return SecretKeys.of(keys);
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "billhook.secrets.keys is not set as it must be: " + e.getMessage() + ".",
                    "Set it to such a key, or to several with commas between, the present one first.");
        }
    }

    /** Tells no key. */
    @Override
    public String toString() {
        return "BillhookSecretProperties[keys=" + keys.size() + "]";
    }
}
