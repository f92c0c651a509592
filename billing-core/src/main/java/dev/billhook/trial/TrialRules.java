package dev.billhook.trial;

import dev.billhook.catalog.TrialTerms;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who gets a free trial. Pure: equal inputs give equal answers.
 *
 * @since 0.1.0
 */
public final class TrialRules {
    private TrialRules() {}

    /**
     * The decision; of several reasons against it the first in the order of {@link TrialRefusal} is told.
     *
     * @param terms the trial that is offered, or null if the plan has none
     */
    public static TrialDecision decide(@Nullable TrialTerms terms, TrialFacts facts, TrialPolicy policy) {
        if (terms == null) {
            return new TrialDecision.Refused(TrialRefusal.NO_TRIAL_IN_PLAN);
        }
        return refusal(facts, policy)
                .<TrialDecision>map(TrialDecision.Refused::new)
                .orElseGet(() -> new TrialDecision.Granted(terms));
    }

    /** Which of the things that had a trial elsewhere speaks against one here. */
    public static Optional<TrialRefusal> elsewhere(Set<TrialPolicy.Per> had, TrialPolicy policy) {
        if (counts(TrialPolicy.Per.EMAIL, had, policy)) {
            return Optional.of(TrialRefusal.EMAIL_HAD_TRIAL);
        }
        if (counts(TrialPolicy.Per.DOMAIN, had, policy)) {
            return Optional.of(TrialRefusal.DOMAIN_HAD_TRIAL);
        }
        return counts(TrialPolicy.Per.CARD, had, policy) ? Optional.of(TrialRefusal.CARD_HAD_TRIAL) : Optional.empty();
    }

    private static Optional<TrialRefusal> refusal(TrialFacts facts, TrialPolicy policy) {
        if (facts.hadTrial() && policy.oncePer().contains(TrialPolicy.Per.ACCOUNT)) {
            return Optional.of(TrialRefusal.HAD_TRIAL);
        }
        if (facts.hadSubscription() && !policy.comebackCustomers()) {
            return Optional.of(TrialRefusal.CAME_BACK);
        }
        return elsewhere(facts.hadElsewhere(), policy);
    }

    private static boolean counts(TrialPolicy.Per per, Set<TrialPolicy.Per> had, TrialPolicy policy) {
        return had.contains(per) && policy.oncePer().contains(per);
    }
}
