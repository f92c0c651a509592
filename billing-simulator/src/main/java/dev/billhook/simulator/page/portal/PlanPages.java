package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.portal.PortalPlans;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import dev.billhook.simulator.page.text.CouponText;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.TimeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The portal's steps about one subscription: cancel it, withdraw that, switch its plan. */
final class PlanPages {
    private static final int LONGEST_COMMENT = 500;

    private final World world;
    private final PortalPlans plans;
    private final Templates templates;
    private final SwitchPages switching;

    PlanPages(World world, PortalPlans plans, Templates templates) {
        this.world = world;
        this.plans = plans;
        this.templates = templates;
        this.switching = new SwitchPages(world, plans, templates);
    }

    PageResponse handle(PageRequest request, Visit visit, String id, String step) {
        ObjectNode subscription = visit.subscription(id);
        return switch (step) {
            case "cancel" ->
                request.isPost()
                        ? cancel(request, visit, subscription)
                        : confirmCancellation(visit, subscription, null);
            case "stay" -> request.isPost() ? stay(visit, subscription) : PageResponse.redirect(visit.at("?home=1"));
            case "keep" -> request.isPost() ? keep(visit, id) : PageResponse.redirect(visit.at("?home=1"));
            case "resume" -> request.isPost() ? resume(visit, id) : PageResponse.redirect(visit.at("?home=1"));
            case "update" -> switching.choose(visit, subscription);
            case "confirm" -> switching.confirm(request, visit, subscription);
            default -> throw new NoSuchPageException("The portal has no such step.");
        };
    }

    private PageResponse cancel(PageRequest request, Visit visit, ObjectNode subscription) {
        String feedback = request.field("feedback");
        List<String> known = Docs.texts(reasons(visit), "options");
        String comment = request.field("comment");
        try {
            plans.cancel(
                    visit.sessionId(),
                    SubscriptionDocs.id(subscription),
                    known.contains(feedback) ? feedback : null,
                    comment.isEmpty() ? null : comment.substring(0, Math.min(comment.length(), LONGEST_COMMENT)));
        } catch (ApiError e) {
            return confirmCancellation(visit, subscription, e.getMessage());
        }
        return visit.done(templates, "canceled");
    }

    private PageResponse resume(Visit visit, String id) {
        plans.resume(visit.sessionId(), id);
        return visit.done(templates, "resumed");
    }

    private PageResponse stay(Visit visit, ObjectNode subscription) {
        try {
            plans.stay(visit.sessionId(), SubscriptionDocs.id(subscription));
        } catch (ApiError e) {
            return confirmCancellation(visit, subscription, e.getMessage());
        }
        return visit.done(templates, "stayed");
    }

    private PageResponse keep(Visit visit, String id) {
        plans.keep(visit.sessionId(), id);
        return visit.done(templates, "kept");
    }

    private PageResponse confirmCancellation(Visit visit, ObjectNode subscription, @Nullable String error) {
        if (!visit.offers("subscription_cancel")) {
            return templates.message(
                    200, "Not offered", "This portal does not offer to cancel.", visit.back(), "Go back");
        }
        if (SubscriptionDocs.isEnded(subscription) || (error == null && PlanText.endsAt(subscription) != null)) {
            return templates.message(
                    200, "Already cancelled", "This plan is cancelled already.", visit.at("?home=1"), "Your billing");
        }
        ObjectNode reasons = reasons(visit);
        List<String> offered = Docs.flag(reasons, "enabled") ? Docs.texts(reasons, "options") : List.of();
        String coupon = PortalPlans.offer(visit.view().session(), SubscriptionDocs.id(subscription));
        String plan = world.simulation()
                .exclusively(() -> PlanText.of(world.store(), subscription).name());
        String offer = world.simulation().exclusively(() -> {
            ObjectNode found = coupon == null ? null : world.store().find("coupon", coupon);
            return found == null ? null : CouponText.of(found);
        });
        return templates.page(
                "portal-cancel",
                new CancelView(
                        visit.business(),
                        plan,
                        consequence(visit, subscription),
                        CancelView.reasons(offered),
                        error == null ? offer : null,
                        visit.at(subscription, "stay"),
                        visit.back(),
                        error));
    }

    private static String consequence(Visit visit, ObjectNode subscription) {
        if ("immediately".equals(Docs.text(visit.feature("subscription_cancel"), "mode"))) {
            return "The plan ends at once.";
        }
        String end = TimeText.day(SubscriptionDocs.periodEnd(subscription));
        return SubscriptionDocs.isTrialing(subscription)
                ? "The trial goes on until " + end + "; nothing is charged. Until then you can change your mind."
                : "The plan stays active until " + end
                        + " and is not charged again. Until then you can change your mind.";
    }

    private static ObjectNode reasons(Visit visit) {
        return Docs.child(visit.feature("subscription_cancel"), "cancellation_reason");
    }
}
