package dev.billhook.imports;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to import. Immutable.
 *
 * @param name names the import; a run of the same name goes on where one has stopped, and grants of the same name are given once
 * @param by whoever imports, in the host's terms; stands in the grants
 * @param announced whether listeners hear of the subscriptions that come with the customers, as of new ones. Unless told they do
 *     not: a welcome to those who have been subscribers for years would be wrong
 * @param pause time between two calls to the provider
 * @param patience time before a call is repeated that the provider asked to wait with; doubles each time
 * @param maxListed how many conflicts a report lists; all are counted
 * @since 0.1.0
 */
public record ImportRequest(
        String name, String by, boolean announced, Duration pause, Duration patience, int maxListed) {
    /** Ten calls a second: a tenth of what Stripe allows a live account. */
    public static final Duration DEFAULT_PAUSE = Duration.ofMillis(100);

    /** How long to wait when asked to, at first. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int DEFAULT_MAX_LISTED = 1000;

    /**
     * @throws IllegalArgumentException if a time or the number is negative, nobody is named, or the name is not of 1 to 40 small
     *     letters, digits and hyphens
     */
    public ImportRequest {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("An import's name has 1 to 40 small letters, digits and hyphens");
        }
        if (by.isBlank()) {
            throw new IllegalArgumentException("An import tells who imports: it stands in the grants");
        }
        if (pause.isNegative() || patience.isNegative() || maxListed < 0) {
            throw new IllegalArgumentException("An import needs pause, patience and maxListed >= 0");
        }
    }

    /** An import that listeners do not hear of. */
    public static ImportRequest named(String name, String by) {
        return new ImportRequest(name, by, false, DEFAULT_PAUSE, DEFAULT_PATIENCE, DEFAULT_MAX_LISTED);
    }

    /** One that listeners hear of. */
    public ImportRequest announcing() {
        return new ImportRequest(name, by, true, pause, patience, maxListed);
    }

    /** With another pace. */
    public ImportRequest pace(Duration newPause, Duration newPatience) {
        return new ImportRequest(name, by, announced, newPause, newPatience, maxListed);
    }

    /** Listing as many conflicts. */
    public ImportRequest listing(int conflicts) {
        return new ImportRequest(name, by, announced, pause, patience, conflicts);
    }
}
