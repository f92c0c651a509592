package dev.billhook.unit;

import dev.billhook.account.AccountRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the comparison between the host's count and what is bought.
 *
 * @param drifts accounts where they differ
 * @param next where the next part begins, or null if this was the last; to be handed back as it is
 * @since 0.1.0
 */
public record UnitDrifts(List<Drift> drifts, @Nullable String next) {
    /** Copies the drifts. */
    public UnitDrifts {
        drifts = List.copyOf(drifts);
    }

    /**
     * An account that has bought another number of units than its count asks for.
     *
     * @param units what is bought and what is counted
     * @param needed what its plan would have it buy for the count: within minimum and maximum, at least the included ones
     */
    public record Drift(AccountRef account, Units units, long needed) {}
}
