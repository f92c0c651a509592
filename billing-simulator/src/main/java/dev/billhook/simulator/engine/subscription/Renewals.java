package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;

/** Takes subscriptions from one period into the next. */
final class Renewals {
    private final ItemPeriods periods;
    private final Billing billing;

    Renewals(SubscriptionItems items, Billing billing) {
        this.periods = new ItemPeriods(items);
        this.billing = billing;
    }

    /** Begins the next period of every item whose period has ended, and drafts the invoice for it. */
    ObjectNode renew(ObjectNode subscription, String reason, long now) {
        long previousStart = SubscriptionDocs.periodStart(subscription);
        List<ObjectNode> due = new ArrayList<>();
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            if (Docs.numberOf(item, "current_period_end") <= now) {
                periods.begin(subscription, item, Docs.numberOf(item, "current_period_end"));
                due.add(item);
            }
        }
        return billing.draft(subscription, reason, due, previousStart);
    }
}
