package dev.billhook.trial;

import dev.billhook.catalog.Plan;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;

/**
 * What becomes of a trial in which no unit is used: it ends by itself, unless a unit is added before. Pure, and a function of
 * the state, so it may be asked as often as one likes.
 *
 * @since 0.1.0
 */
public final class ZeroUnitRule {
    private ZeroUnitRule() {}

    /**
     * What is to be done.
     *
     * @param plan the plan of the subscription's main line
     * @param unitsCame whether there were no units when the pending end, if there is one, was set
     */
    public static Step decide(Subscription subscription, Plan plan, boolean unitsCame) {
        if (subscription.status() != SubscriptionStatus.TRIALING
                || !plan.pricing().takesUnits()) {
            return Step.LEAVE;
        }
        long units =
                subscription.itemOf(plan.key()).map(SubscriptionItem::quantity).orElse(0L);
        boolean ending = subscription.pendingEnd().isPresent();
        if (units == 0) {
            return ending ? Step.LEAVE : Step.END_WITH_TRIAL;
        }
        return ending && unitsCame ? Step.GO_ON : Step.LEAVE;
    }

    /** What is to be done. */
    public enum Step {
        /** Nothing. */
        LEAVE,
        /** The subscription ends with its trial. */
        END_WITH_TRIAL,
        /** Its pending end is lifted. */
        GO_ON
    }
}
