package dev.billhook.spring.actuate;

import dev.billhook.webhook.InboxStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a state, by the bounds. Pure.
 *
 * @param status the health's status
 * @param details the state, and each complaint
 */
record Diagnosis(String status, Map<String, Object> details) {
    static final String WELL = "UP";

    static Diagnosis of(BillingState state, BillhookHealthProperties bounds) {
        List<String> complaints = complaintsOf(state, bounds);
        state.further()
                .forEach((account, other) ->
                        complaintsOf(other, bounds).forEach(complaint -> complaints.add(account + ": " + complaint)));
        Map<String, Object> details = state.describe();
        if (!complaints.isEmpty()) {
            details.put("complaints", complaints);
        }
        return new Diagnosis(complaints.isEmpty() ? WELL : bounds.status(), details);
    }

    private static List<String> complaintsOf(BillingState state, BillhookHealthProperties bounds) {
        List<String> complaints = new ArrayList<>();
        tooMany("dead events", state.inbox(InboxStatus.DEAD), bounds.maxDead(), complaints);
        tooMany("dead deliveries", state.outbox().dead(), bounds.maxDead(), complaints);
        tooMany("dead usage records", state.usage().dead(), bounds.maxDead(), complaints);
        tooLong("an event waits to be applied for", state.inboxLag(), bounds.maxInboxLag(), complaints);
        tooLong("a delivery is overdue by", state.outboxLag(), bounds.maxOutboxLag(), complaints);
        tooLong("usage is overdue by", state.usageLag(), bounds.maxUsageLag(), complaints);
        Duration age = state.replayAge();
        if (age != null) {
            tooLong("the last replay ended before", age, bounds.maxReplayAge(), complaints);
        }
        return complaints;
    }

    private static void tooMany(String what, long count, long most, List<String> complaints) {
        if (count > most) {
            complaints.add(count + " " + what + ", at most " + most);
        }
    }

    private static void tooLong(String what, Duration time, Duration longest, List<String> complaints) {
        if (time.compareTo(longest) > 0) {
            complaints.add(what + " " + time.toSeconds() + " s, at most " + longest.toSeconds() + " s");
        }
    }
}
