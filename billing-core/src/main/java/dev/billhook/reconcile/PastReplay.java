package dev.billhook.reconcile;

import java.time.Instant;

/**
 * The newest replay that came to its end, on whichever node.
 *
 * @param finishedAt when (UTC)
 * @param report what it found
 * @since 0.1.0
 */
public record PastReplay(Instant finishedAt, ReplayReport report) {}
