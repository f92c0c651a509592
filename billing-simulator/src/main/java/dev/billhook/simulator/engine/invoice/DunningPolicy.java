package dev.billhook.simulator.engine.invoice;

import java.util.List;
import java.util.Locale;

/**
 * What happens when invoices cannot be collected, which at Stripe is a setting of the account. Source: Stripe documentation,
 * "Automate payment retries".
 *
 * @param retryDays days after the first attempt at which a payment is tried again, ascending; none gives up at once
 * @param finalAction what becomes of a subscription when the last attempt failed
 */
public record DunningPolicy(List<Integer> retryDays, FinalAction finalAction) {
    /** Three retries in a week, then the subscription is canceled. */
    public static final DunningPolicy DEFAULT = new DunningPolicy(List.of(3, 5, 7), FinalAction.CANCEL);

    private static final int MOST_DAYS = 60;

    /** What becomes of a subscription that nobody pays for. */
    public enum FinalAction {
        /** It ends. */
        CANCEL,
        /** It goes on; its further invoices stay drafts. */
        UNPAID,
        /** It goes on, and its further invoices are collected as usual. */
        PAST_DUE;

        /** The word for it in requests. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public DunningPolicy {
        retryDays = List.copyOf(retryDays);
        int before = 0;
        for (int day : retryDays) {
            if (day <= before || day > MOST_DAYS) {
                throw new IllegalArgumentException("retry days ascend from 1 to " + MOST_DAYS + ", not " + retryDays);
            }
            before = day;
        }
    }

    /** The same with other retries. */
    public DunningPolicy retryingAfterDays(Integer... days) {
        return new DunningPolicy(List.of(days), finalAction);
    }

    /** The same with another end. */
    public DunningPolicy endingWith(FinalAction action) {
        return new DunningPolicy(retryDays, action);
    }
}
