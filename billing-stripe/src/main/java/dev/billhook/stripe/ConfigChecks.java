package dev.billhook.stripe;

import dev.billhook.ProviderScope;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a configuration must satisfy; messages name the property and never repeat a secret. */
final class ConfigChecks {
    private static final Pattern KEY = Pattern.compile("[sr]k_(test|live)_\\p{Graph}+");

    private ConfigChecks() {}

    static void apiKey(String key, ProviderScope scope, URI apiBase) {
        if (key.isBlank()) {
            throw new IllegalArgumentException(
                    "apiKey is missing: set a secret or restricted key of the Stripe account");
        }
        Matcher form = KEY.matcher(key);
        if (!form.matches()) {
            throw new IllegalArgumentException("apiKey is no secret or restricted key of one Stripe account; it starts"
                    + " with sk_test_, rk_test_, sk_live_ or rk_live_ and has no blanks");
        }
        boolean live = "live".equals(form.group(1));
        if (live != scope.livemode()) {
            throw new IllegalArgumentException(
                    live
                            ? "apiKey is a live key, but scope '" + scope.account() + "' is test mode: real money would"
                                    + " move. Use a test key, or a live scope in production"
                            : "apiKey is a test key, but scope '" + scope.account() + "' is live mode: nobody would be"
                                    + " charged. Use a live key, or a test scope outside production");
        }
        if (live && !"https".equalsIgnoreCase(apiBase.getScheme())) {
            throw new IllegalArgumentException("apiBase must be https with a live key");
        }
    }

    static void webhookSecrets(List<String> secrets) {
        if (secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("webhookSecrets holds a blank secret; use the endpoint's whsec_… value");
        }
    }

    static void apiBase(URI base) {
        String scheme = base.getScheme();
        boolean http = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
        if (!http || base.getHost() == null || base.getQuery() != null) {
            throw new IllegalArgumentException("apiBase must be an absolute http(s) URL without a query");
        }
    }

    static void positive(String property, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(property + " must be positive");
        }
    }
}
