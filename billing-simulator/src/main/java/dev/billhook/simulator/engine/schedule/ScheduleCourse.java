package dev.billhook.simulator.engine.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.subscription.SubscriptionPlanner;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** Takes subscriptions through the phases of their schedules, at the seconds at which these begin and end. */
final class ScheduleCourse implements SubscriptionPlanner {
    private static final String START = "schedule.start";
    private static final String PHASE = "schedule.phase";
    private static final String EXPIRING = "schedule.expiring";
    private static final long NOTICE_SECONDS = 7 * 86_400;
    private static final String SUBSCRIPTION = "subscription";

    private final World world;
    private final BillingEngine billing;
    private final PhaseTerms terms;

    ScheduleCourse(World world, BillingEngine billing, PhaseTerms terms) {
        this.world = world;
        this.billing = billing;
        this.terms = terms;
        world.simulation().onTimer(START, this::startDue);
        world.simulation().onTimer(PHASE, this::phaseDue);
        world.simulation().onTimer(EXPIRING, this::announceEnd);
        billing.plannedBy(this);
    }

    /** Begins the subscription of a schedule with the phase that the present second lies in. */
    void start(ObjectNode schedule) {
        long now = now(schedule);
        ObjectNode phase = ScheduleDocs.phases(schedule).get(0);
        ObjectNode subscription =
                billing.subscriptions().begin(terms.beginning(schedule, phase, now), ScheduleDocs.id(schedule));
        schedule.put("status", "active");
        schedule.set(SUBSCRIPTION, subscription.path("id"));
        ScheduleDocs.setCurrent(schedule, phase);
        foresee(schedule, subscription);
        updated(schedule);
    }

    /** Sets timers for what the schedule foresees next, and the subscription's end when it ends with the phase. */
    void foresee(ObjectNode schedule, @Nullable ObjectNode subscription) {
        ObjectNode phase = ScheduleDocs.current(schedule);
        if (phase == null) {
            at(schedule, ScheduleDocs.start(ScheduleDocs.phases(schedule).get(0)), START);
        } else {
            at(schedule, ScheduleDocs.end(phase), PHASE);
        }
        at(schedule, Math.max(now(schedule), ScheduleDocs.lastEnd(schedule) - NOTICE_SECONDS), EXPIRING);
        if (subscription != null && phase != null) {
            boolean ends = ScheduleDocs.cancelsAtEnd(schedule) && ScheduleDocs.next(schedule) == null;
            setEnd(subscription, ends ? Long.valueOf(ScheduleDocs.end(phase)) : null, phase);
        }
    }

    /** Changes the subscription to what its present phase says by now. */
    void conform(ObjectNode schedule, ObjectNode subscription, String proration) {
        ObjectNode phase = ScheduleDocs.current(schedule);
        if (phase != null) {
            billing.changes().conform(subscription, terms.changing(schedule, phase, subscription, proration, false));
        }
    }

    /** Goes on to the phases that have begun by now, or closes the schedule after its last one. */
    void advance(ObjectNode schedule) {
        while (ScheduleDocs.isActive(schedule)) {
            ObjectNode phase = ScheduleDocs.current(schedule);
            if (phase == null || ScheduleDocs.end(phase) > now(schedule)) {
                return;
            }
            ObjectNode next = ScheduleDocs.next(schedule);
            if (next == null) {
                finish(schedule);
            } else {
                enter(schedule, next);
            }
        }
    }

    private void enter(ObjectNode schedule, ObjectNode phase) {
        ObjectNode subscription = world.store().edit(SUBSCRIPTION, Docs.textOf(schedule, SUBSCRIPTION));
        ScheduleDocs.setCurrent(schedule, phase);
        String proration = Docs.textOf(phase, "proration_behavior");
        billing.changes().carryOut(subscription, terms.changing(schedule, phase, subscription, proration, true));
        foresee(schedule, subscription);
        updated(schedule);
    }

    /** After the last phase the subscription goes on alone; where it ends, its own end closes the schedule. */
    private void finish(ObjectNode schedule) {
        if (ScheduleDocs.cancelsAtEnd(schedule)) {
            ScheduleDocs.close(schedule, "completed", "completed_at", now(schedule));
        } else {
            letGo(schedule);
            ScheduleDocs.close(schedule, "completed", "completed_at", now(schedule));
        }
        world.events().emit("subscription_schedule.completed", schedule);
    }

    /** Parts a schedule from its subscription, which goes on. */
    void letGo(ObjectNode schedule) {
        String id = Docs.text(schedule, SUBSCRIPTION);
        if (id != null) {
            ObjectNode subscription = world.store().edit(SUBSCRIPTION, id);
            subscription.putNull("schedule");
            world.events().emitUpdated("customer.subscription.updated", subscription);
            schedule.put("released_subscription", id);
            schedule.putNull(SUBSCRIPTION);
        }
    }

    /** Lets the subscription end at a second, or not at all, with the prorations of a phase. */
    void setEnd(ObjectNode subscription, @Nullable Long second, @Nullable ObjectNode phase) {
        Long present = Docs.number(subscription, "cancel_at");
        if (second == null ? present == null : second.equals(present)) {
            return;
        }
        ObjectNode request = Docs.object();
        Docs.put(request, "cancel_at", second);
        if (phase != null) {
            request.set("proration_behavior", phase.path("proration_behavior"));
        }
        billing.changes().carryOut(subscription, Params.of(request));
    }

    @Override
    public void carryOut(ObjectNode subscription) {
        ObjectNode schedule = of(subscription);
        if (schedule != null) {
            advance(schedule);
        }
    }

    @Override
    public void check(ObjectNode subscription, Params change) {
        String schedule = Docs.text(subscription, "schedule");
        if (schedule != null && (change.has("cancel_at") || change.has("cancel_at_period_end"))) {
            throw ApiError.invalid(
                    null,
                    change.has("cancel_at") ? "cancel_at" : "cancel_at_period_end",
                    "The schedule `" + schedule + "` manages this subscription; its end can be changed in the schedule"
                            + " only.");
        }
    }

    @Override
    public void changed(ObjectNode subscription) {
        ObjectNode schedule = of(subscription);
        ObjectNode phase = schedule == null ? null : ScheduleDocs.current(schedule);
        if (schedule != null && phase != null) {
            Phases.takeFrom(subscription, phase);
            updated(schedule);
        }
    }

    @Override
    public void ended(ObjectNode subscription, String reason) {
        ObjectNode schedule = of(subscription);
        if (schedule == null || !ScheduleDocs.isActive(schedule)) {
            return;
        }
        long now = now(schedule);
        if (ScheduleDocs.cancelsAtEnd(schedule) && now >= ScheduleDocs.lastEnd(schedule)) {
            ScheduleDocs.close(schedule, "completed", "completed_at", now);
            world.events().emit("subscription_schedule.completed", schedule);
            return;
        }
        ScheduleDocs.close(schedule, "canceled", "canceled_at", now);
        boolean delinquent = "payment_failed".equals(reason);
        world.events().emit("subscription_schedule." + (delinquent ? "aborted" : "canceled"), schedule);
    }

    @Override
    public @Nullable Long next(ObjectNode subscription) {
        String id = Docs.text(subscription, "schedule");
        ObjectNode schedule = id == null ? null : world.store().find(ScheduleDocs.TYPE, id);
        ObjectNode phase = schedule == null ? null : ScheduleDocs.current(schedule);
        return phase == null ? null : Long.valueOf(ScheduleDocs.end(phase));
    }

    private @Nullable ObjectNode of(ObjectNode subscription) {
        String id = Docs.text(subscription, "schedule");
        return id == null || world.store().find(ScheduleDocs.TYPE, id) == null
                ? null
                : world.store().edit(ScheduleDocs.TYPE, id);
    }

    private void startDue(String id) {
        ObjectNode schedule = world.store().find(ScheduleDocs.TYPE, id);
        if (schedule == null
                || !ScheduleDocs.isNotStarted(schedule)
                || ScheduleDocs.start(ScheduleDocs.phases(schedule).get(0)) > now(schedule)) {
            return;
        }
        ObjectNode due = world.store().edit(ScheduleDocs.TYPE, id);
        if (world.store().find("customer", Docs.textOf(due, "customer")) == null) {
            ScheduleDocs.close(due, "canceled", "canceled_at", now(due));
            world.events().emit("subscription_schedule.canceled", due);
        } else {
            start(due);
        }
    }

    private void phaseDue(String id) {
        ObjectNode schedule = world.store().find(ScheduleDocs.TYPE, id);
        if (schedule != null && ScheduleDocs.isActive(schedule)) {
            advance(world.store().edit(ScheduleDocs.TYPE, id));
        }
    }

    private void announceEnd(String id) {
        ObjectNode schedule = world.store().find(ScheduleDocs.TYPE, id);
        if (schedule == null || !ScheduleDocs.isActive(schedule)) {
            return;
        }
        long end = ScheduleDocs.lastEnd(schedule);
        boolean due = end - NOTICE_SECONDS <= now(schedule);
        if (due && Docs.numberOf(schedule, "_end_told") != end) {
            ObjectNode told = world.store().edit(ScheduleDocs.TYPE, id);
            told.put("_end_told", end);
            world.events().emit("subscription_schedule.expiring", told);
        }
    }

    private void at(ObjectNode schedule, long second, String kind) {
        world.simulation().schedule(ScheduleDocs.clock(schedule), second, kind, ScheduleDocs.id(schedule));
    }

    long now(ObjectNode schedule) {
        return world.now(ScheduleDocs.clock(schedule));
    }

    void updated(ObjectNode schedule) {
        world.events().emitUpdated("subscription_schedule.updated", schedule);
    }
}
