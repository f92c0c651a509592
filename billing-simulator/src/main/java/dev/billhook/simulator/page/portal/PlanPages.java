package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.portal.PortalEngine;
import dev.billhook.simulator.engine.subscription.SubscriptionDocs;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.PlanText;
import dev.billhook.simulator.page.kit.Templates;
import dev.billhook.simulator.page.kit.TimeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The portal's steps about one subscription: cancel it, withdraw that, switch its plan. */
final class PlanPages {
    private static final int LONGEST_COMMENT = 500;

    private final World world;
    private final PortalEngine engine;
    private final Templates templates;
    private final SwitchPages switching;

    PlanPages(World world, PortalEngine engine, Templates templates) {
        this.world = world;
        this.engine = engine;
        this.templates = templates;
        this.switching = new SwitchPages(world, engine, templates);
    }

    PageResponse handle(PageRequest request, Visit visit, String id, String step) {
        ObjectNode subscription = visit.subscription(id);
        return switch (step) {
            case "cancel" ->
                request.isPost()
                        ? cancel(request, visit, subscription)
                        : confirmCancellation(visit, subscription, null);
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
            engine.cancel(
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
        engine.resume(visit.sessionId(), id);
        return visit.done(templates, "resumed");
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
        String plan = world.simulation()
                .exclusively(() -> PlanText.of(world.store(), subscription).name());
        return templates.page(
                "portal-cancel",
                new CancelView(
                        visit.business(),
                        plan,
                        consequence(visit, subscription),
                        CancelView.reasons(offered),
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
