package dev.billhook.simulator.engine.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.subscription.item.BillingCalendar;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** When phases begin and end, by date or by how long they last. */
final class PhaseTimes {
    private static final long MAX_TRIAL = 730 * 86_400L;

    private final SubscriptionItems items;

    PhaseTimes(SubscriptionItems items) {
        this.items = items;
    }

    /** When a request says that a phase begins; null when it does not say. */
    static @Nullable Long startOf(Params params, long now) {
        return "now".equals(params.text("start_date")) ? Long.valueOf(now) : params.number("start_date");
    }

    /** Where a phase begins, where the first one begins, and the present second. */
    record Span(long start, long anchor, long now) {}

    /** Sets when a phase begins and ends, and until when it is a trial. */
    void set(ObjectNode phase, Params params, Span span) {
        long end = endOf(phase, params, span);
        if (end <= span.start()) {
            throw ApiError.invalid(null, params.name("end_date"), "A phase ends after it begins.");
        }
        phase.put("start_date", span.start());
        phase.put("end_date", end);
        Long trialEnd = "now".equals(params.text("trial_end")) ? Long.valueOf(span.now()) : params.number("trial_end");
        if (params.flag("trial")) {
            if (trialEnd != null && trialEnd != end) {
                throw ApiError.invalid(
                        null, params.name("trial_end"), "With trial=true the trial ends when the phase ends.");
            }
            trialEnd = end;
        }
        if (trialEnd != null && (trialEnd < span.start() || trialEnd > end)) {
            throw ApiError.invalid(null, params.name("trial_end"), "A trial ends within its phase.");
        }
        if (trialEnd != null && trialEnd > span.start() + MAX_TRIAL) {
            throw ApiError.invalid(null, params.name("trial_end"), "A trial lasts up to two years.");
        }
        if (trialEnd != null && "phase_start".equals(Docs.text(phase, "billing_cycle_anchor"))) {
            throw ApiError.invalid(
                    null,
                    params.name("billing_cycle_anchor"),
                    "A phase with a trial cannot anchor the cycle at its start.");
        }
        Docs.put(phase, "trial_end", trialEnd);
    }

    private long endOf(ObjectNode phase, Params params, Span span) {
        boolean lasts = params.hasValue("duration");
        if (params.hasValue("end_date")) {
            if (lasts) {
                throw ApiError.invalid(null, params.name("duration"), "Give end_date or duration, not both.");
            }
            return params.number("end_date", span.now());
        }
        Params duration = params.group("duration");
        ObjectNode first = Docs.objects(phase, "items").get(0);
        String interval = lasts ? duration.requireText("interval") : items.interval(first);
        long count = lasts ? duration.number("interval_count", 1) : items.intervalCount(first);
        if (count < 1) {
            throw ApiError.lessThan(1, duration.name("interval_count"));
        }
        return BillingCalendar.plus(span.anchor(), span.start(), interval, count);
    }
}
