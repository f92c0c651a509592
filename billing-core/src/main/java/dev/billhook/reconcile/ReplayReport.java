package dev.billhook.reconcile;

/**
 * What a replay found.
 *
 * @param listed events the provider told of
 * @param missed those of them that had never arrived, and are taken in now
 * @param complete false if the provider has forgotten where the last run stopped (it keeps events for 30 days), so that only
 *     a sweep can tell what was missed in between
 * @since 0.1.0
 */
public record ReplayReport(int listed, int missed, boolean complete) {}
