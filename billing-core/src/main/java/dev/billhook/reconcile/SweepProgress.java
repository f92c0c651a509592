package dev.billhook.reconcile;

/**
 * How far a sweep got.
 *
 * @param subscriptions compared so far
 * @param customers compared so far
 * @param purchases compared so far, those that were paid once
 * @param drifted found to differ so far
 * @param repaired brought in line so far
 * @since 0.1.0
 */
public record SweepProgress(long subscriptions, long customers, long purchases, long drifted, long repaired) {
    /** Nothing yet. */
    public static final SweepProgress NONE = new SweepProgress(0, 0, 0, 0, 0);
}
