package dev.billhook.examples.podcast.web;

import dev.billhook.entitlement.Entitlements;
import dev.billhook.examples.podcast.member.Member;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every page shows around its own contents.
 *
 * @param viewer who is logged in, or null
 * @param access what the viewer may do now, or null if nobody is logged in
 * @param now the time the page is made (UTC); simulated in development
 * @param simulator where the payment simulator's own pages are, or null outside development
 */
public record Page(
        @Nullable Member viewer,
        @Nullable Entitlements access,
        Instant now,
        @Nullable URI simulator) {
    private static final String ATTRIBUTE = "page";

    void putInto(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static Optional<Page> of(HttpServletRequest request) {
        return Optional.ofNullable((Page) request.getAttribute(ATTRIBUTE));
    }

    /** A date as the pages write it. */
    public String date(Instant instant) {
        return Dates.format(instant);
    }
}
