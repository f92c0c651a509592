package dev.billhook.migration;

import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom to move, when, and how fast. Immutable.
 *
 * @param name names the migration; a run of the same name goes on where one has stopped, and repeats its calls with its keys
 * @param plans whose subscribers; empty for those of all plans of the catalog
 * @param timing when the present price is charged
 * @param compensation promotion code that each subscription that is moved gets, or null for none
 * @param pause time between two calls to the provider
 * @param patience time before a call is repeated that the provider asked to wait with; doubles each time
 * @param maxListed how many steps a plan or report lists; all are counted
 * @param mirrored whether this process takes the provider's answers into the mirror, and so tells its listeners; a process
 *     without the application's listeners leaves that to the application, which the provider's events reach
 * @since 0.1.0
 */
public record MigrationRequest(
        String name,
        Set<PlanKey> plans,
        Timing timing,
        @Nullable String compensation,
        Duration pause,
        Duration patience,
        int maxListed,
        boolean mirrored) {
    /** Ten calls a second: a tenth of what Stripe allows a live account. */
    public static final Duration DEFAULT_PAUSE = Duration.ofMillis(100);

    /** How long to wait when asked to, at first. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(1);

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int DEFAULT_MAX_LISTED = 1000;

    /**
     * Copies the plans.
     *
     * @throws IllegalArgumentException if a time or the number is negative, or the name is not of 1 to 40 small letters,
     *     digits and hyphens
     */
    public MigrationRequest {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A migration's name has 1 to 40 small letters, digits and hyphens");
        }
        if (pause.isNegative() || patience.isNegative() || maxListed < 0) {
            throw new IllegalArgumentException("A migration needs pause, patience and maxListed >= 0");
        }
        plans = Set.copyOf(plans);
    }

    /** All subscribers of older prices, at their renewal. */
    public static MigrationRequest named(String name) {
        return new MigrationRequest(
                name, Set.of(), Timing.AT_RENEWAL, null, DEFAULT_PAUSE, DEFAULT_PATIENCE, DEFAULT_MAX_LISTED, true);
    }

    /** Subscribers of these plans only. */
    public MigrationRequest of(PlanKey... newPlans) {
        return new MigrationRequest(name, Set.of(newPlans), timing, compensation, pause, patience, maxListed, mirrored);
    }

    /** At another time. */
    public MigrationRequest at(Timing newTiming) {
        return new MigrationRequest(name, plans, newTiming, compensation, pause, patience, maxListed, mirrored);
    }

    /** With a promotion code for everyone who is moved. */
    public MigrationRequest compensatedBy(@Nullable String promotionCode) {
        return new MigrationRequest(name, plans, timing, promotionCode, pause, patience, maxListed, mirrored);
    }

    /** With another pace. */
    public MigrationRequest pace(Duration newPause, Duration newPatience) {
        return new MigrationRequest(name, plans, timing, compensation, newPause, newPatience, maxListed, mirrored);
    }

    /** Listing as many steps. */
    public MigrationRequest listing(int steps) {
        return new MigrationRequest(name, plans, timing, compensation, pause, patience, steps, mirrored);
    }

    /** By a process without the application's listeners. */
    public MigrationRequest pastMirror() {
        return new MigrationRequest(name, plans, timing, compensation, pause, patience, maxListed, false);
    }
}
