package dev.billhook.trial;

import java.util.Set;

/**
 * What is known of an account that asks for a trial.
 *
 * @param hadTrial whether one of its subscriptions had or has one
 * @param hadSubscription whether it has or had a subscription that was more than an attempt
 * @param hadElsewhere what of it had a trial with another account
 * @since 0.1.0
 */
public record TrialFacts(boolean hadTrial, boolean hadSubscription, Set<TrialPolicy.Per> hadElsewhere) {
    /** Copies the set. */
    public TrialFacts {
        hadElsewhere = Set.copyOf(hadElsewhere);
    }
}
