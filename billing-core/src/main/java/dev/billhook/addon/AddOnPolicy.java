package dev.billhook.addon;

import dev.billhook.subscription.Timing;

/**
 * How a host wants add-ons to be handled.
 *
 * @param adding when one is added, unless a call says otherwise
 * @param removing when one is removed, unless a call says otherwise
 * @param mainEnd what happens to subscriptions of add-ons when the main one ends; lines end with it in any case
 * @since 0.1.0
 */
public record AddOnPolicy(Timing adding, Timing removing, MainEnd mainEnd) {
    /** Added now and prorated, removed at renewal, ended with the main subscription. */
    public static AddOnPolicy standard() {
        return new AddOnPolicy(Timing.NOW_PRORATE, Timing.AT_RENEWAL, MainEnd.END_TOO);
    }

    /** The same with another rule for the main subscription's end. */
    public AddOnPolicy with(MainEnd rule) {
        return new AddOnPolicy(adding, removing, rule);
    }

    /** What happens to an add-on's subscription when the main one ends. */
    public enum MainEnd {
        /** It ends at the same time; if the main one goes on after all, so does it. */
        END_TOO,
        /** It goes on. */
        GO_ON
    }
}
