package dev.billhook.offer;

import dev.billhook.catalog.Plan.Limited;
import dev.billhook.catalog.Plan.Returned;
import dev.billhook.purchase.Purchase.Reason;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets a place, and for how long. Pure.
 *
 * @since 0.1.0
 */
public final class PlaceRules {
    /**
     * What a page may be opened late: the provider counts its shortest life of 30 minutes from when it opens the page, and its
     * clock may be ahead. As long as this an answer that was lost is asked for again with the same terms.
     */
    public static final Duration OPENING = Duration.ofMinutes(2);

    /** A place is held longer than its page takes payments: the page's end must be sure before the place is sold again. */
    public static final Duration MARGIN = Duration.ofMinutes(5);

    /** How long a bank may take to pay what a buyer has confirmed (Stripe, delayed notification payment methods: 14 days). */
    public static final Duration LONGEST_PAYMENT = Duration.ofDays(14);

    private static final Duration LONGEST_PAGE = Duration.ofHours(24).minus(OPENING);

    private PlaceRules() {}

    /**
     * How the places of a plan stand.
     *
     * @param taken how many accounts have the plan
     * @param held how many others hold a place
     * @param overdue how many others held one whose time is over, and whose page was not seen to be closed
     * @param nextEnd when the first hold ends (UTC), or null if there is none
     */
    public record Standing(
            long taken, long held, long overdue, @Nullable Instant nextEnd) {}

    /** Whether an account with a subscription in this state takes a place. */
    public static boolean takesPlace(SubscriptionStatus status, Returned returned) {
        return !status.ended() || (returned == Returned.KEPT && status == SubscriptionStatus.CANCELED);
    }

    /**
     * Whether an account whose purchase was revoked takes a place. While a bank looks into a dispute it may still be restored, so
     * its place is nobody else's.
     */
    public static boolean takesPlace(Reason revoked, Returned returned) {
        return returned == Returned.KEPT || revoked == Reason.DISPUTED;
    }

    /** What becomes of an account that wants a place. */
    public enum Verdict {
        /** It can have one. */
        FREE,
        /** Only if a page whose time is over was not paid at last; ask the provider. */
        LOOK,
        /** There is none. */
        SOLD_OUT
    }

    /**
     * Whether another account can have a place.
     *
     * @param standing of all accounts but this
     */
    public static Verdict judge(Limited limited, Standing standing) {
        long free = limited.places() - standing.taken() - standing.held();
        if (free > standing.overdue()) {
            return Verdict.FREE;
        }
        return free > 0 ? Verdict.LOOK : Verdict.SOLD_OUT;
    }

    /** When the page of a visit that was begun then stops taking payments. */
    public static Instant pageEnd(Limited limited, Instant begun) {
        Duration asked = limited.hold().plus(OPENING);
        return begun.plus(asked.compareTo(LONGEST_PAGE) < 0 ? asked : LONGEST_PAGE);
    }

    /** Until when a visit that was begun then holds its place. */
    public static Instant holdEnd(Limited limited, Instant begun) {
        return pageEnd(limited, begun).plus(MARGIN);
    }
}
