package dev.billhook.stripe;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a Content-Security-Policy must allow so that pages that lead to Stripe work: sources by directive. Immutable.
 *
 * <p>These are Stripe's own addresses alone; a host adds its own, e.g. {@code 'self'}, and with them a custom domain of its
 * Checkout pages, or the simulator's address. Source of the sources: Stripe, "Integration security guide".
 *
 * @param directives sources by directive, as they stand in the header
 * @since 0.1.0
 */
public record CspSources(Map<String, Set<String>> directives) {
    private static final Pattern DIRECTIVE = Pattern.compile("[a-z][a-z-]*");
    /** What would end a source or its directive is none. */
    private static final Pattern SOURCE = Pattern.compile("[!-~&&[^;,]]+");

    private static final String FORM_ACTION = "form-action";
    private static final String NONE = "'none'";

    /**
     * @throws IllegalArgumentException if a name is no directive's, or a source could not stand in a header
     */
    public CspSources {
        Map<String, Set<String>> copy = new TreeMap<>();
        directives.forEach((directive, sources) -> copy.put(directive, checked(directive, sources)));
        directives = Collections.unmodifiableMap(copy);
    }

    /**
     * What Billhook itself needs: pages whose forms end at Stripe's hosted pages, which are Checkout, the Customer Portal
     * and the page of an invoice. Browsers hold {@code form-action} against the redirect that follows a form too. Plain
     * links need nothing.
     */
    public static CspSources hostedPages() {
        return new CspSources(Map.of(
                FORM_ACTION,
                ordered("https://checkout.stripe.com", "https://billing.stripe.com", "https://invoice.stripe.com")));
    }

    /** What a host needs beside that if its own pages load Stripe.js, with Elements and authentication by the bank. */
    public static CspSources stripeJs() {
        Set<String> scripts = ordered("https://js.stripe.com", "https://*.js.stripe.com");
        return new CspSources(Map.of(
                "script-src",
                scripts,
                "frame-src",
                ordered("https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"),
                "connect-src",
                Set.of("https://api.stripe.com"),
                "img-src",
                Set.of("https://*.stripe.com")));
    }

    /** What a host needs beside that if it shows Checkout within a page of its own. */
    public static CspSources embeddedCheckout() {
        Set<String> checkout = Set.of("https://checkout.stripe.com");
        return stripeJs()
                .and(new CspSources(Map.of("script-src", checkout, "frame-src", checkout, "connect-src", checkout)));
    }

    /** Both together; {@code 'none'} gives way to whatever the other has. */
    public CspSources and(CspSources other) {
        Map<String, Set<String>> both = new TreeMap<>(directives);
        other.directives.forEach((directive, sources) -> both.merge(directive, sources, CspSources::union));
        return new CspSources(both);
    }

    /**
     * These and a directive's further sources, e.g. {@code with("form-action", "'self'")}.
     *
     * @throws IllegalArgumentException if the name is no directive's, or a source could not stand in a header
     */
    public CspSources with(String directive, String... sources) {
        return and(new CspSources(Map.of(directive, ordered(sources))));
    }

    /**
     * The header's value, or its part: directives in alphabetical order, without a semicolon at the end.
     *
     * @return e.g. {@code form-action https://checkout.stripe.com https://billing.stripe.com}
     */
    public String toHeader() {
        return directives.entrySet().stream()
                .map(entry -> entry.getKey() + " " + String.join(" ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static Set<String> ordered(String... sources) {
        return new LinkedHashSet<>(List.of(sources));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        if (all.size() > 1) {
            all.remove(NONE);
        }
        return all;
    }

    private static Set<String> checked(String directive, Collection<String> sources) {
        if (!DIRECTIVE.matcher(directive).matches()) {
            throw new IllegalArgumentException("'" + directive + "' is no directive; write it like form-action");
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(directive + " has no source; write 'none' in quotes to allow nothing");
        }
        sources.forEach(source -> {
            if (!SOURCE.matcher(source).matches()) {
                throw new IllegalArgumentException("A source of " + directive
                        + " has a blank, comma, semicolon or character outside ASCII; give each source by itself");
            }
        });
        return Collections.unmodifiableSet(new LinkedHashSet<>(sources));
    }
}
