package dev.billhook.examples.podcast.notice;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingEvent.AccessLimitApproaching;
import dev.billhook.event.BillingEvent.AccessLimited;
import dev.billhook.event.BillingEvent.CardExpiring;
import dev.billhook.event.BillingEvent.RenewalUpcoming;
import dev.billhook.event.BillingEvent.TrialEnding;
import dev.billhook.examples.podcast.web.Dates;
import dev.billhook.money.Money;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what time brings to a member. A real shop would send these by mail. */
final class ReminderText {
    private ReminderText() {}

    static Optional<String> of(BillingEvent event) {
        @Nullable String text = null;
        if (event instanceof TrialEnding trial) {
            text = "Your free trial ends on " + Dates.format(trial.trialEnd()) + "." + charge(trial);
        } else if (event instanceof RenewalUpcoming renewal) {
            text = "Your subscription renews on " + Dates.format(renewal.dueAt()) + amount(" for ", renewal.amountDue())
                    + ".";
        } else if (event instanceof CardExpiring card) {
            text = "Your card ending in " + card.paymentMethod().lastFour() + " expires soon. Please update it.";
        } else if (event instanceof AccessLimitApproaching limit && limit.bill() != null) {
            text = "Your shows become read-only on " + Dates.format(limit.at()) + " unless "
                    + limit.bill().amount().format(Locale.US) + " is paid.";
        } else if (event instanceof AccessLimited limited) {
            text = limited.bill() == null
                    ? "Your shows are read-only. All you made is safe."
                    : "Your shows are read-only until "
                            + limited.bill().amount().format(Locale.US) + " is paid.";
        }
        return Optional.ofNullable(text);
    }

    private static String charge(TrialEnding trial) {
        if (!trial.goesOn()) {
            return "";
        }
        return trial.paymentMethod() == null
                ? " Add a card to go on."
                : amount(" We will charge ", trial.amountDue()) + (trial.amountDue() == null ? "" : " then.");
    }

    private static String amount(String before, @Nullable Money amount) {
        return amount == null ? "" : before + amount.format(Locale.US);
    }
}
