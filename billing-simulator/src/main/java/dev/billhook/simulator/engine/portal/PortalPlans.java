package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.schedule.Schedules;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** What a customer does with its plans on the portal: cancel, go on after all, take an offer to stay, switch. */
public final class PortalPlans {
    private static final String CANCEL = "subscription_cancel";

    private final PortalAccess access;
    private final BillingEngine billing;
    private final Schedules schedules;
    private final Switching switching;

    PortalPlans(PortalAccess access, BillingEngine billing, Schedules schedules, DiscountEngine discounts) {
        this.access = access;
        this.billing = billing;
        this.schedules = schedules;
        this.switching = new Switching(access, discounts);
    }

    /** Cancels as the configuration says: at the end of the period, or now. */
    public ObjectNode cancel(
            String sessionId, String subscriptionId, @Nullable String feedback, @Nullable String comment) {
        return access.shownAfter(() -> {
            ObjectNode session = access.offered(sessionId, CANCEL);
            letGo(access.own("subscription", subscriptionId, session));
            ObjectNode feature = access.feature(session, CANCEL);
            ObjectNode request = Docs.object();
            ObjectNode details = request.putObject("cancellation_details");
            putIfGiven(details, "feedback", feedback);
            putIfGiven(details, "comment", comment);
            if ("immediately".equals(Docs.text(feature, "mode"))) {
                String proration = Docs.text(feature, "proration_behavior");
                request.put("prorate", !"none".equals(proration));
                request.put("invoice_now", "always_invoice".equals(proration));
                return billing.subscriptions().cancel(subscriptionId, Params.of(request));
            }
            request.put("cancel_at_period_end", true);
            return billing.changes().update(subscriptionId, Params.of(request));
        });
    }

    /** Withdraws a cancellation that has not taken effect. */
    public ObjectNode resume(String sessionId, String subscriptionId) {
        return access.shownAfter(() -> {
            access.own("subscription", subscriptionId, access.session(sessionId));
            ObjectNode request = Docs.object().put("cancel_at_period_end", false);
            return billing.changes().update(subscriptionId, Params.of(request));
        });
    }

    /** The coupon a session's flow offers to whoever is about to cancel this subscription; null when it offers none. */
    public static @Nullable String offer(ObjectNode session, String subscriptionId) {
        ObjectNode cancel = Docs.child(Docs.child(session, "flow"), CANCEL);
        return subscriptionId.equals(Docs.text(cancel, "subscription"))
                ? Docs.text(Docs.child(Docs.child(cancel, "retention"), "coupon_offer"), "coupon")
                : null;
    }

    /** Takes the offer: the subscription stays and gets the coupon, once per session. */
    public ObjectNode stay(String sessionId, String subscriptionId) {
        return access.shownAfter(() -> {
            ObjectNode session = access.offered(sessionId, CANCEL);
            ObjectNode subscription = access.own("subscription", subscriptionId, session);
            String coupon = offer(session, subscriptionId);
            if (coupon == null || session.has("_stayed")) {
                throw ApiError.invalid(null, null, "There is no offer to take.");
            }
            access.world().store().edit(PortalSessions.TYPE, sessionId).put("_stayed", true);
            ObjectNode request = Docs.object();
            Switching.keepDiscounts(subscription, request).addObject().put("coupon", coupon);
            return billing.changes().update(subscriptionId, Params.of(request));
        });
    }

    /** What a switch would cost: the invoice as a preview shows it. */
    public ObjectNode preview(String sessionId, String subscriptionId, PlanSwitch wish) {
        return access.shownAfter(() -> {
            ObjectNode details = switching.request(sessionId, subscriptionId, wish);
            ObjectNode request = Docs.object().put("subscription", subscriptionId);
            if (details.has("discounts")) {
                request.set("discounts", details.remove("discounts"));
            }
            request.set("subscription_details", details);
            return billing.previews().preview(Params.of(request));
        });
    }

    /** Whether the configuration lets a switch wait for the end of the period. */
    public boolean waits(String sessionId, String subscriptionId, PlanSwitch wish) {
        ObjectNode answer =
                access.shownAfter(() -> Docs.object().put("waits", isLater(sessionId, subscriptionId, wish)));
        return Docs.flag(answer, "waits");
    }

    /** Switches the only item of a subscription, now or at the end of its period as the configuration says. */
    public ObjectNode change(String sessionId, String subscriptionId, PlanSwitch wish) {
        return access.shownAfter(() -> {
            ObjectNode request = switching.request(sessionId, subscriptionId, wish);
            ObjectNode subscription = access.own("subscription", subscriptionId, access.session(sessionId));
            boolean later = isLater(sessionId, subscriptionId, wish);
            letGo(subscription);
            if (later) {
                return schedule(subscriptionId, wish);
            }
            request.put("payment_behavior", "error_if_incomplete");
            return billing.changes().update(subscriptionId, Params.of(request));
        });
    }

    /** Withdraws a switch that waits for the end of the period. */
    public ObjectNode keep(String sessionId, String subscriptionId) {
        return access.shownAfter(() -> {
            ObjectNode session = access.offered(sessionId, Switching.FEATURE);
            letGo(access.own("subscription", subscriptionId, session));
            return access.world().store().get("subscription", subscriptionId);
        });
    }

    private boolean isLater(String sessionId, String subscriptionId, PlanSwitch wish) {
        ObjectNode session = access.offered(sessionId, Switching.FEATURE);
        return switching.isLater(session, access.own("subscription", subscriptionId, session), wish);
    }

    private ObjectNode schedule(String subscriptionId, PlanSwitch wish) {
        ObjectNode begin = Docs.object().put("from_subscription", subscriptionId);
        ObjectNode schedule = schedules.create(Params.of(begin));
        String id = Docs.textOf(schedule, "id");
        ObjectNode present = Docs.objects(schedule, "phases").get(0);
        ObjectNode request = Docs.object().put("end_behavior", "release").put("proration_behavior", "none");
        ArrayNode phases = request.putArray("phases");
        phases.add(Switching.phase(present)).add(switching.phaseAfter(present, wish));
        schedules.update(id, Params.of(request));
        access.world().store().edit("subscription_schedule", id).put(PlannedSwitch.MARK, true);
        return access.world().store().get("subscription", subscriptionId);
    }

    /** Ends the schedule by which an earlier switch was to wait. */
    private void letGo(ObjectNode subscription) {
        ObjectNode schedule = PlannedSwitch.schedule(access.world().store(), subscription);
        if (schedule != null) {
            schedules.release(Docs.textOf(schedule, "id"), Params.of(Docs.object()));
        }
    }

    private static void putIfGiven(ObjectNode node, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            node.put(field, value);
        }
    }
}
