package dev.billhook.offer;

import dev.billhook.RefusedException;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All places of a limited plan are taken or held.
 *
 * @since 0.1.0
 */
public final class SoldOutException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final String plan;
    private final @Nullable Instant freeAt;

    /**
     * @param places how many there are
     * @param freeAt when a place that is only held comes free if its holder does not pay (UTC), or null if all are taken
     */
    public SoldOutException(PlanKey plan, long places, @Nullable Instant freeAt) {
        super(
                "Plan '" + plan + "' is sold out: all of its " + places + " places are taken"
                        + (freeAt == null ? "" : " or held by accounts that are paying"),
                freeAt == null
                        ? "sell another plan, or raise 'places' in the catalog"
                        : "try again after " + freeAt + ", when a place may come free");
        this.plan = plan.value();
        this.freeAt = freeAt;
    }

    @Override
    public Reason reason() {
        return freeAt == null ? Reason.ALL_TAKEN : Reason.SOME_HELD;
    }

    /** Which plan. */
    public PlanKey plan() {
        return PlanKey.of(plan);
    }

    /** When a place may come free because its holder did not pay (UTC); empty if all are taken. */
    public Optional<Instant> freeAt() {
        return Optional.ofNullable(freeAt);
    }

    /** Why there is no place. */
    public enum Reason {
        /** So many accounts have the plan as there are places, or more. */
        ALL_TAKEN,
        /** Some places are only held, by accounts that were sent to Checkout. */
        SOME_HELD
    }
}
