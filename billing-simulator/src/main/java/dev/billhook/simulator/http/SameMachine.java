package dev.billhook.simulator.http;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that a site elsewhere makes somebody's browser send. The simulator takes pages and its control API without a key,
 * so such a request must not change anything.
 */
public final class SameMachine {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private SameMachine() {}

    /** Whether the request may change something: it comes from no browser, or from a page of this machine. */
    public static boolean allows(WireRequest request) {
        String origin = request.header("origin");
        String site = request.header("sec-fetch-site");
        if (READING.contains(request.method()) || (origin == null && site == null)) {
            return true;
        }
        if (!isLocal("http://" + request.header("host"))) {
            return false;
        }
        return isLocal(origin) || (site != null && !site.equals("cross-site"));
    }

    private static boolean isLocal(@Nullable String address) {
        if (address == null) {
            return false;
        }
        try {
            String host = URI.create(address).getHost();
            return host != null && NAMES.contains(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
