package dev.billhook.conversion;

import java.util.List;

/**
 * The decided way from a subscription to a plan.
 *
 * @param kind how the target compares with the present plan
 * @param changes what happens to which line; empty if nothing changes
 * @param proration how the difference is charged
 * @since 0.1.0
 */
public record Conversion(Kind kind, List<ItemChange> changes, Proration proration) {
    /** Copies the changes. */
    public Conversion {
        changes = List.copyOf(changes);
    }

    /** How the target compares with the present plan. */
    public enum Kind {
        /** The same plan. */
        NONE,
        /** A product of a greater tier rank. */
        UPGRADE,
        /** A product of a smaller tier rank. */
        DOWNGRADE,
        /** The same tier at another interval. */
        INTERVAL,
        /** The same tier and interval, another product or price. */
        CROSSGRADE
    }
}
