package dev.billhook.simulator.engine.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.subscription.Previews;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.engine.tax.TaxRates;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subscription schedules on request: made, changed, canceled, released. Source: Stripe documentation, "Subscription schedules". */
public final class Schedules {
    private final World world;
    private final BillingEngine billing;
    private final Phases phases;
    private final ScheduleCourse course;

    public Schedules(World world, BillingEngine billing, DiscountEngine discounts, TaxRates taxRates) {
        this.world = world;
        this.billing = billing;
        this.phases = new Phases(world, billing.items(), taxRates);
        PhaseDiscounts given = new PhaseDiscounts(world, billing.items(), discounts.redemptions());
        this.course = new ScheduleCourse(world, billing, new PhaseTerms(world, given));
        world.renderer().complete(ScheduleDocs.TYPE, schedule -> phases.showRates(schedule));
    }

    /** Makes a schedule of phases, or takes an existing subscription into the care of one. */
    public ObjectNode create(Params params) {
        String subscription = params.text("from_subscription");
        return subscription == null ? ofPhases(params) : ofSubscription(subscription, params);
    }

    private ObjectNode ofPhases(Params params) {
        ObjectNode customer = world.finder().inParam("customer", params.requireText("customer"), "customer");
        ObjectNode schedule = make(customer);
        long now = course.now(schedule);
        setTerms(schedule, params);
        Params mode = params.group("billing_mode");
        String type = mode.text("type");
        if (type != null) {
            SubscriptionDocs.setMode(schedule, type, mode.group("flexible").text("proration_discounts"));
        }
        String word = params.text("start_date");
        long start = word == null ? params.number("start_date", now) : now;
        List<ObjectNode> read = phases.read(params.groups("phases"), start, now);
        if (ScheduleDocs.end(read.get(0)) <= now) {
            throw ApiError.invalid(null, "phases[0][end_date]", "The first phase ends in the future.");
        }
        put(schedule, read);
        world.store().insert(schedule);
        world.events().emit("subscription_schedule.created", schedule);
        if (start <= now) {
            course.start(schedule);
        } else {
            course.foresee(schedule, null);
        }
        return schedule;
    }

    private ObjectNode ofSubscription(String id, Params params) {
        for (String name : (Iterable<String>) () -> params.tree().fieldNames()) {
            if (!List.of("from_subscription", "expand", "billing_mode").contains(name)) {
                throw ApiError.invalid(
                        null, name, "With from_subscription nothing else can be set; update the schedule afterwards.");
            }
        }
        world.finder().inParam(SubscriptionDocs.TYPE, id, "from_subscription");
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, id);
        if (SubscriptionDocs.isEnded(subscription)) {
            throw ApiError.invalid(null, "from_subscription", "The subscription is over; a schedule cannot manage it.");
        }
        if (Docs.text(subscription, "schedule") != null) {
            throw ApiError.invalid(
                    null,
                    "from_subscription",
                    "A schedule manages this subscription already: " + Docs.text(subscription, "schedule"));
        }
        ObjectNode schedule = make(world.customerOf(subscription));
        schedule.set("billing_mode", subscription.path("billing_mode").deepCopy());
        schedule.put("subscription", id);
        schedule.put("status", "active");
        if (subscription.path("cancel_at").isNumber()) {
            schedule.put("end_behavior", "cancel");
        }
        Long over = Docs.number(subscription, "cancel_at");
        ObjectNode phase = phases.ofSubscription(
                subscription,
                SubscriptionDocs.periodStart(subscription),
                over == null ? SubscriptionDocs.periodEnd(subscription) : over);
        put(schedule, List.of(phase));
        ScheduleDocs.setCurrent(schedule, ScheduleDocs.phases(schedule).get(0));
        subscription.set("schedule", schedule.path("id"));
        world.store().insert(schedule);
        world.events().emitUpdated("customer.subscription.updated", subscription);
        world.events().emit("subscription_schedule.created", schedule);
        course.foresee(schedule, subscription);
        return schedule;
    }

    /** Changes a schedule; what changes of its present phase changes the subscription at once. */
    public ObjectNode update(String id, Params params) {
        ObjectNode schedule = open(id, "updated");
        setTerms(schedule, params);
        ObjectNode subscription = subscriptionOf(schedule);
        if (params.hasValue("phases")) {
            replacePhases(schedule, params.groups("phases"));
        }
        if (ScheduleDocs.isNotStarted(schedule)
                && ScheduleDocs.start(ScheduleDocs.phases(schedule).get(0)) <= course.now(schedule)) {
            course.start(schedule);
            return schedule;
        }
        if (subscription != null) {
            course.conform(schedule, subscription, params.text("proration_behavior", "create_prorations"));
        }
        course.foresee(schedule, subscription);
        course.updated(schedule);
        course.advance(schedule);
        return schedule;
    }

    private void replacePhases(ObjectNode schedule, List<Params> given) {
        long now = course.now(schedule);
        ObjectNode current = ScheduleDocs.current(schedule);
        Params first = given.get(0);
        Long start = PhaseTimes.startOf(first, now);
        if (current == null) {
            long present = ScheduleDocs.start(ScheduleDocs.phases(schedule).get(0));
            put(schedule, phases.read(given, start == null ? present : start, now));
            return;
        }
        if (start == null) {
            throw ApiError.invalid(
                    null,
                    first.name("start_date"),
                    "The first phase needs a start_date from which the others are counted.");
        }
        List<ObjectNode> past = ScheduleDocs.phases(schedule).stream()
                .filter(phase -> ScheduleDocs.end(phase) <= ScheduleDocs.start(current))
                .toList();
        List<ObjectNode> read = phases.read(given, start, now);
        List<ObjectNode> kept = new ArrayList<>(past);
        kept.removeIf(phase -> ScheduleDocs.start(phase) >= start);
        read.stream()
                .filter(phase -> ScheduleDocs.end(phase) > ScheduleDocs.start(current))
                .forEach(kept::add);
        ObjectNode present = kept.stream()
                .filter(phase -> ScheduleDocs.start(phase) == ScheduleDocs.start(current))
                .findFirst()
                .orElseThrow(() -> ApiError.invalid(
                        null, first.name("start_date"), "The start of the phase that has begun cannot be changed."));
        if (ScheduleDocs.end(present) < now) {
            throw ApiError.invalid(null, first.name("end_date"), "The present phase cannot have ended in the past.");
        }
        put(schedule, kept);
        ScheduleDocs.setCurrent(schedule, present);
    }

    /** Ends a schedule and the subscription it manages. */
    public ObjectNode cancel(String id, Params params) {
        ObjectNode schedule = open(id, "canceled");
        ObjectNode subscription = subscriptionOf(schedule);
        if (subscription == null) {
            ScheduleDocs.close(schedule, "canceled", "canceled_at", course.now(schedule));
            world.events().emit("subscription_schedule.canceled", schedule);
            return schedule;
        }
        ObjectNode request = Docs.object();
        request.put("invoice_now", !params.has("invoice_now") || params.flag("invoice_now"));
        request.put("prorate", !params.has("prorate") || params.flag("prorate"));
        billing.subscriptions().cancel(SubscriptionDocs.id(subscription), Params.of(request));
        return schedule;
    }

    /** Ends a schedule; the subscription it manages goes on. */
    public ObjectNode release(String id, Params params) {
        ObjectNode schedule = open(id, "released");
        ObjectNode subscription = subscriptionOf(schedule);
        if (subscription != null && !params.flag("preserve_cancel_date")) {
            course.setEnd(subscription, null, null);
        }
        course.letGo(schedule);
        ScheduleDocs.close(schedule, "released", "released_at", course.now(schedule));
        world.events().emit("subscription_schedule.released", schedule);
        return schedule;
    }

    /** The next invoice of a schedule, also of one that is not made; everything else the request did is undone. */
    public ObjectNode preview(Params params) {
        world.simulation().discardUnit();
        Params details = params.group("schedule_details");
        String id = params.text("schedule");
        ObjectNode schedule;
        if (id == null) {
            ObjectNode request = details.tree().deepCopy();
            request.put("customer", params.requireText("customer"));
            List<ObjectNode> given = Docs.objects(request, "phases");
            if (!given.isEmpty() && given.get(0).has("start_date")) {
                request.set("start_date", given.get(0).remove("start_date"));
            }
            schedule = create(Params.of(request));
        } else {
            schedule = world.finder().inParam(ScheduleDocs.TYPE, id, "schedule");
            ObjectNode subscription = subscriptionOf(schedule);
            String before = subscription == null ? null : Docs.text(subscription, "latest_invoice");
            schedule = details.tree().isEmpty() ? schedule : update(id, details);
            String after = subscription == null ? null : Docs.text(subscription, "latest_invoice");
            if (after != null && !after.equals(before)) {
                return Previews.shown(world.store().get("invoice", after));
            }
        }
        return next(schedule, id == null);
    }

    private ObjectNode next(ObjectNode schedule, boolean isNew) {
        String subscription = Docs.text(schedule, "subscription");
        if (subscription != null) {
            String latest = Docs.text(world.store().get(SubscriptionDocs.TYPE, subscription), "latest_invoice");
            return isNew && latest != null
                    ? Previews.shown(world.store().get("invoice", latest))
                    : billing.previews().next(subscription);
        }
        if (ScheduleDocs.isOver(schedule)) {
            throw ApiError.invalid("invoice_upcoming_none", null, "The schedule is over; it has no next invoice.");
        }
        String id = ScheduleDocs.id(schedule);
        return world.simulation()
                .hypothetically(
                        ScheduleDocs.clock(schedule),
                        ScheduleDocs.start(ScheduleDocs.phases(schedule).get(0)),
                        () -> {
                            ObjectNode started = world.store().edit(ScheduleDocs.TYPE, id);
                            course.start(started);
                            return next(started, true);
                        });
    }

    private ObjectNode make(ObjectNode customer) {
        String clock = Docs.text(customer, "test_clock");
        ObjectNode schedule = world.create(ScheduleDocs.SHAPE, world.ids().next("sub_sched"), clock);
        schedule.set("customer", customer.path("id"));
        schedule.put("test_clock", clock);
        return schedule;
    }

    private static void setTerms(ObjectNode schedule, Params params) {
        params.copyTo(schedule, "end_behavior");
        params.mergeMetadata(schedule);
        ObjectNode settings = Docs.child(schedule, "default_settings");
        Params given = params.group("default_settings");
        Phases.setAutomaticTax(settings, given);
        for (String name : (Iterable<String>) () -> given.tree().fieldNames()) {
            if ("automatic_tax".equals(name)) {
                continue;
            }
            if (given.tree().get(name) instanceof ObjectNode nested
                    && settings.get(name) instanceof ObjectNode present) {
                present.setAll(nested.deepCopy());
            } else {
                given.copyTo(settings, name);
            }
        }
    }

    private void put(ObjectNode schedule, List<ObjectNode> read) {
        ArrayNode list = schedule.putArray("phases");
        read.forEach(list::add);
        phases.check(schedule);
    }

    private ObjectNode open(String id, String what) {
        ObjectNode schedule = world.finder().editInUrl(ScheduleDocs.TYPE, id);
        if (ScheduleDocs.isOver(schedule)) {
            throw ApiError.invalid(
                    null, null, "A schedule that is " + ScheduleDocs.status(schedule) + " cannot be " + what + ".");
        }
        return schedule;
    }

    private @Nullable ObjectNode subscriptionOf(ObjectNode schedule) {
        String id = Docs.text(schedule, "subscription");
        return id == null ? null : world.store().edit(SubscriptionDocs.TYPE, id);
    }
}
