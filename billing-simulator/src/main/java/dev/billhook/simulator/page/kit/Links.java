package dev.billhook.simulator.page.kit;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Addresses that come from requests and are offered as links. */
public final class Links {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private Links() {}

    /** The address when it is a web address, null otherwise: a link must not run a script. */
    public static @Nullable String web(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            String scheme =
                    URI.create(url.replace("{", "%7B").replace("}", "%7D")).getScheme();
            return scheme != null && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) ? url : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Where a customer goes after Checkout: the placeholder in the address stands for the session's id. */
    public static @Nullable String afterCheckout(@Nullable String url, String sessionId) {
        return url == null ? null : web(url.replace("{CHECKOUT_SESSION_ID}", sessionId));
    }
}
