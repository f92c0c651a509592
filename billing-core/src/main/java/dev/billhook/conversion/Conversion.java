package dev.billhook.conversion;

import dev.billhook.subscription.Timing;
import java.util.List;

/**
 * The decided way from a subscription to a plan.
 *
 * @param kind how the target compares with the present plan
 * @param changes what happens to which line; empty if nothing changes
 * @param timing when it happens and how it is charged
 * @param schedule what must happen to the schedule that governs the subscription
 * @since 0.1.0
 */
public record Conversion(Kind kind, List<ItemChange> changes, Timing timing, ScheduleStep schedule) {
    /** Copies the changes. */
    public Conversion {
        changes = List.copyOf(changes);
    }

    /** Whether there is nothing to do at the provider. */
    public boolean nothingToDo() {
        return changes.isEmpty() && schedule == ScheduleStep.NONE;
    }

    /** How the target compares with the present plan. The first that fits counts. */
    public enum Kind {
        /** The same plan and nothing to change, or only lines too many to remove. */
        NONE,
        /** The same plan with another number of units. */
        UNITS,
        /** The same plan at its present price. */
        PRICE,
        /** A product of a greater tier rank. */
        UPGRADE,
        /** A product of a smaller tier rank. */
        DOWNGRADE,
        /** The same tier, charged less often, e.g. by the year instead of by the month. */
        LONGER_INTERVAL,
        /** The same tier, charged more often. */
        SHORTER_INTERVAL,
        /** The same tier and interval, another product or pricing. */
        CROSSGRADE
    }

    /** What must happen to an attached schedule: it would undo the change when its next step comes. */
    public enum ScheduleStep {
        /** There is none, or it may stay as it is. */
        NONE,
        /** It must be taken off before the change. */
        RELEASE,
        /** It stays, and what it says of the time after the running period must be written anew. */
        AMEND
    }
}
