package dev.billhook.trial;

import dev.billhook.catalog.TrialTerms;

/**
 * Whether an account gets a plan's free trial.
 *
 * @since 0.1.0
 */
public sealed interface TrialDecision {
    /** Whether it does. */
    default boolean granted() {
        return this instanceof Granted;
    }

    /**
     * It does.
     *
     * @param terms the plan's terms
     */
    record Granted(TrialTerms terms) implements TrialDecision {
        /** How long it lasts. */
        public int days() {
            return terms.days();
        }
    }

    /**
     * It does not.
     *
     * @param reason why
     */
    record Refused(TrialRefusal reason) implements TrialDecision {}
}
