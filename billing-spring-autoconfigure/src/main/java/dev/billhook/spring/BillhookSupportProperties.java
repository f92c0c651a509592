package dev.billhook.spring;

import dev.billhook.support.SupportSettings;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a help desk is answered. A bean: hosts that secure their paths ask it for its own.
 *
 * @param path Path of the endpoint inside the application, starting with '/'. It must be reachable without login and exempt from CSRF tokens.
 * @param secrets Secrets the help desk signs its requests with; several while one is replaced. The endpoint is there if a secret or a token is set.
 * @param tokens Access tokens (Authorization: Bearer) that do instead of a signature.
 * @param refundPercent From which share of refunds on a customer is flagged, in percent.
 * @param referralKey Name of the customer's metadata the referral code is in.
 * @param locale How amounts are written, e.g. de-DE.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.support")
public record BillhookSupportProperties(
        @DefaultValue(DEFAULT_PATH) String path,
        @DefaultValue List<String> secrets,
        @DefaultValue List<String> tokens,

        @DefaultValue("" + SupportSettings.DEFAULT_REFUND_PERCENT)
        int refundPercent,

        @DefaultValue(SupportSettings.DEFAULT_REFERRAL_KEY) String referralKey,
        @DefaultValue("en") Locale locale) {
    /** Where the endpoint is unless told otherwise. */
    public static final String DEFAULT_PATH = "/billhook/support";

    /**
     * Blank secrets and tokens, as unset placeholders leave them, count as none.
     *
     * @throws IllegalArgumentException if the path does not start with a slash or is a pattern
     */
    public BillhookSupportProperties {
        if (!path.matches("/[A-Za-z0-9._~/-]*")) {
            throw new IllegalArgumentException(
                    "billhook.support.path must start with '/' and consist of letters, digits,"
                            + " '.', '_', '~', '-' and '/'");
        }
        secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
        tokens = tokens.stream().filter(token -> !token.isBlank()).toList();
    }

    /** Whether the help desk is answered at all. */
    public boolean enabled() {
        return !secrets.isEmpty() || !tokens.isEmpty();
    }

    /**
     * The settings.
     *
     * @throws SetupException if they cannot be meant
     */
    SupportSettings settings() {
        try {
            return new SupportSettings(secrets, tokens, refundPercent, referralKey, locale);
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "billhook.support is not set as it must be: " + e.getMessage() + ".",
                    "Mend billhook.support.secrets, .tokens or .refund-percent.");
        }
    }

    /** Tells no secret and no token. */
    @Override
    public String toString() {
        return "BillhookSupportProperties[path=" + path + ", secrets=" + secrets.size() + ", tokens=" + tokens.size()
                + "]";
    }
}
