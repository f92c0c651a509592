package dev.billhook.entitlement;

import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one source gives by itself.
 *
 * @param lines the plans it is for
 * @param until how long it holds, or null for ever
 * @param payable whether paying would bring it back
 */
record Judged(
        AccessSource source,
        AccessState state,
        AccessReason reason,
        List<Line> lines,
        @Nullable Instant until,
        boolean payable) {
    /** So many units of a plan. */
    record Line(PlanKey plan, long units) {}
}
