package dev.billhook.reconcile;

import java.util.Optional;

/**
 * Makes sure that nothing was missed. Two ways, for two kinds of doubt: {@link #replay()} takes in events that never arrived,
 * and is cheap enough to run every few minutes; {@link #sweep} compares everything, and is for the night, for the first day
 * and for after a disaster. Thread-safe; runs of several nodes do no harm, but double the calls.
 *
 * @since 0.1.0
 */
public interface Reconciler {
    /**
     * Asks the provider for its events since the last run and takes in those that never arrived; they are applied in the
     * background like any other. The first run only remembers where to begin.
     *
     * @throws dev.billhook.error.ProviderException if the provider cannot be reached; the next run goes on where this one stopped
     */
    ReplayReport replay();

    /** The newest replay that came to its end, on whichever node; empty before the first. */
    Optional<PastReplay> lastReplay();

    /**
     * Goes through all subscriptions and customers and compares them with the mirror. Writes nothing unless asked to repair;
     * what it repairs goes through the same door as everything else, and tells its events.
     *
     * @throws dev.billhook.error.ProviderException if the provider cannot be reached; the next run resumes where this one stopped
     */
    DriftReport sweep(SweepRequest request);
}
