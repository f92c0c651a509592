package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.subscription.item.Billing;
import dev.billhook.simulator.engine.subscription.item.ItemPeriods;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;

/** Takes subscriptions from one period into the next, after what is planned for that second. */
final class Renewals {
    private final ItemPeriods periods;
    private final Billing billing;
    private SubscriptionPlanner planner = SubscriptionPlanner.NONE;

    Renewals(SubscriptionItems items, Billing billing) {
        this.periods = new ItemPeriods(items);
        this.billing = billing;
    }

    void plannedBy(SubscriptionPlanner who) {
        this.planner = who;
    }

    /** The plan that subscriptions follow. */
    SubscriptionPlanner plan() {
        return planner;
    }

    /** Changes a subscription as is planned for this second, before anything else happens to it. */
    void carryOutPlan(ObjectNode subscription) {
        planner.carryOut(subscription);
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
