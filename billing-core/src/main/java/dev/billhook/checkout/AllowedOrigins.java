package dev.billhook.checkout;

import dev.billhook.checkout.ReturnUrlException.Reason;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where hosted pages may send the browser afterwards. Hosts often take such an address from the request, and an address that
 * leads to a stranger's site would let the stranger send mails with a link to the provider that ends at his own ("open
 * redirect"). Immutable.
 *
 * <p>An address is read the narrowest way: whatever browsers and servers are known to read in different ways is refused and
 * not repaired. It must be absolute, ASCII (an international name in its {@code xn--} form), without user info, without
 * backslash or control character in any spelling, without a dot at the end of the host's name, and of scheme {@code https},
 * or {@code http} if its origin is listed or is this machine. WHATWG URL tells what an origin is: scheme, host and port.
 *
 * @since 0.1.0
 */
public final class AllowedOrigins {
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]+");
    /** What only looks like a part of the path to some, and ends or begins something to others. */
    private static final Pattern DISGUISED = Pattern.compile("%(0[0-9a-f]|1[0-9a-f]|7f|5c)", Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("(^|\\.)(\\d+|0x[0-9a-f]*)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("((0|[1-9]\\d{0,2})(\\.|$)){4}");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int GREATEST_PORT = 65_535;
    private static final AllowedOrigins ANY_SECURE = new AllowedOrigins(Set.of());

    private final Set<String> origins;

    private AllowedOrigins(Set<String> origins) {
        this.origins = origins;
    }

    /** Every {@code https} origin, and {@code http} ones of this machine. */
    public static AllowedOrigins anySecure() {
        return ANY_SECURE;
    }

    /**
     * These origins and no others.
     *
     * @param origins each a scheme, a host and, unless it is the scheme's own, a port, e.g. {@code https://app.example}
     * @throws IllegalArgumentException if there is none, or one is no origin
     */
    public static AllowedOrigins of(Collection<String> origins) {
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("List at least one origin, or use AllowedOrigins.anySecure()");
        }
        Set<String> listed = new LinkedHashSet<>();
        for (String origin : origins) {
            listed.add(listed(origin));
        }
        return new AllowedOrigins(listed);
    }

    /** Whether there is a list. */
    public boolean listed() {
        return !origins.isEmpty();
    }

    /**
     * Refuses an address no browser may be sent to.
     *
     * @param name what the address is for, in messages
     * @throws ReturnUrlException if its form or its origin is not allowed
     */
    public void require(String name, URI url) {
        requireForm(name, url);
        String origin = origin(url);
        if (listed()) {
            if (!origins.contains(origin)) {
                throw new ReturnUrlException(
                        Reason.ORIGIN_NOT_LISTED,
                        name + " is of origin " + origin + ", which is not allowed",
                        "use one of " + String.join(", ", origins)
                                + ", or add it with BillingBuilder.allowedOrigins(…)");
            }
        } else if (!"https".equalsIgnoreCase(url.getScheme()) && !thisMachine(host(url))) {
            throw new ReturnUrlException(
                    Reason.NOT_SECURE,
                    name + " is of origin " + origin + ", which is not encrypted",
                    "use https, or list the origin with BillingBuilder.allowedOrigins(…)");
        }
    }

    /** Refuses what is no absolute web address, or one that is read in different ways. */
    static void requireForm(String name, URI url) {
        String text = url.toString();
        if (!PRINTABLE.matcher(text).matches() || DISGUISED.matcher(text).find() || text.contains("\\")) {
            throw new ReturnUrlException(
                    Reason.CHARACTERS,
                    name + " has characters outside of ASCII, control characters or backslashes",
                    "write them percent-encoded as UTF-8, a host's name in its xn-- form, and leave control characters"
                            + " and backslashes out");
        }
        String scheme = url.getScheme();
        if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
            throw new ReturnUrlException(
                    Reason.NOT_ABSOLUTE, name + " is no absolute http(s) URL", "begin it with https://");
        }
        if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
            throw new ReturnUrlException(
                    Reason.USER_INFO, name + " has user info before its host", "leave out everything up to the @");
        }
        if (url.getHost() == null || !plain(url.getHost()) || !portPossible(url)) {
            throw new ReturnUrlException(
                    Reason.HOST,
                    name + " has no host, or one that browsers read in different ways",
                    "use a host's name of letters, digits and hyphens without a dot at its end, or an IP address in"
                            + " its usual form, and a port from 1 to 65535");
        }
    }

    /** Browsers take every host that ends in a number for an address, also one that servers take for a name. */
    private static boolean plain(String host) {
        return !host.endsWith(".")
                && (!NUMBER.matcher(host).find() || ADDRESS.matcher(host).matches());
    }

    private static boolean portPossible(URI url) {
        return url.getPort() == -1 || (url.getPort() > 0 && url.getPort() <= GREATEST_PORT);
    }

    private static String listed(String origin) {
        URI url;
        try {
            url = URI.create(origin);
            requireForm("The origin", url);
        } catch (IllegalArgumentException | ReturnUrlException e) {
            throw new IllegalArgumentException("'" + origin + "' is no origin: " + e.getMessage(), e);
        }
        boolean more = !url.getRawPath().isEmpty() && !"/".equals(url.getRawPath());
        if (more || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "'" + origin + "' is more than an origin; list scheme, host and port only: " + origin(url));
        }
        return origin(url);
    }

    private static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort();
        boolean usual = port == -1 || port == ("https".equals(scheme) ? 443 : 80);
        return scheme + "://" + host(url) + (usual ? "" : ":" + port);
    }

    private static String host(URI url) {
        return url.getHost().toLowerCase(Locale.ROOT);
    }

    private static boolean thisMachine(String host) {
        return THIS_MACHINE.contains(host) || host.endsWith(".localhost");
    }

    @Override
    public String toString() {
        return listed() ? String.join(", ", origins) : "every https origin, and http ones of this machine";
    }
}
