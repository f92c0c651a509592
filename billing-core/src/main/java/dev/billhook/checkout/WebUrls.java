package dev.billhook.checkout;

import java.net.URI;

/** Checks the URLs a browser is sent to. */
final class WebUrls {
    private WebUrls() {}

    static void requireAbsolute(String name, URI url) {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException(name + " must be an absolute http(s) URL");
        }
    }
}
