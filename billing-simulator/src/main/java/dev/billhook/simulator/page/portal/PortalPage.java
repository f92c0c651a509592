package dev.billhook.simulator.page.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.portal.PortalEngine;
import dev.billhook.simulator.engine.portal.PortalView;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Customer Portal. A session is good for an hour of simulated time; one made for a flow begins with that step and ends with
 * what it says.
 */
public final class PortalPage implements PageHandler {
    private static final long LIFE_SECONDS = 3_600;

    private final World world;
    private final PortalEngine engine;
    private final Templates templates;
    private final String business;
    private final Overviews overviews;
    private final PlanPages plans;
    private final CustomerPages customers;

    public PortalPage(World world, PortalEngine engine, Templates templates, String business) {
        this.world = world;
        this.engine = engine;
        this.templates = templates;
        this.business = business;
        this.overviews = new Overviews(world.store());
        this.plans = new PlanPages(world, engine.plans(), templates);
        this.customers = new CustomerPages(world, engine.profile(), templates);
    }

    @Override
    public PageResponse handle(PageRequest request) {
        Visit visit = visit(request.segment(1));
        if (isOver(visit)) {
            String text = "This portal session has expired. Open the portal again from where you came.";
            String url = visit.returnUrl();
            return url == null
                    ? templates.message(200, "Too late", text)
                    : templates.message(200, "Too late", text, url, "Return to " + business);
        }
        String step = request.segment(2);
        if (step == null) {
            return home(request, visit);
        }
        return switch (step) {
            case "payment-method" -> customers.cards(request, visit);
            case "customer" -> customers.customer(request, visit);
            case "tax-ids" -> customers.taxIds(request, visit);
            case "subscriptions" ->
                plans.handle(request, visit, String.valueOf(request.segment(3)), String.valueOf(request.segment(4)));
            default -> throw new NoSuchPageException("The portal has no such page.");
        };
    }

    private PageResponse home(PageRequest request, Visit visit) {
        boolean begins = request.query().isEmpty() && !request.isPost();
        String first = begins ? firstStep(visit) : null;
        if (first != null) {
            return PageResponse.redirect(first);
        }
        Overview view = world.simulation()
                .exclusively(() -> overviews.of(
                        visit, request.query().get("done"), request.query().get("after")));
        return templates.page("portal", view);
    }

    private static @Nullable String firstStep(Visit visit) {
        String type = visit.flow();
        if (type == null) {
            return null;
        }
        if ("payment_method_update".equals(type)) {
            return visit.at("/payment-method");
        }
        ObjectNode flow = Docs.child(Docs.child(visit.view().session(), "flow"), type);
        String id = Docs.text(flow, "subscription");
        if (id == null) {
            return null;
        }
        ObjectNode subscription = visit.subscription(id);
        return switch (type) {
            case "subscription_cancel" -> visit.at(subscription, "cancel");
            case "subscription_update" -> visit.at(subscription, "update");
            case "subscription_update_confirm" -> visit.at(subscription, "confirm") + query(flow);
            default -> null;
        };
    }

    private static String query(ObjectNode flow) {
        return Docs.objects(flow, "items").stream()
                .findFirst()
                .map(item -> "?price="
                        + URLEncoder.encode(item.path("price").asText(""), StandardCharsets.UTF_8)
                        + "&quantity="
                        + URLEncoder.encode(item.path("quantity").asText(""), StandardCharsets.UTF_8))
                .orElse("");
    }

    private Visit visit(@Nullable String id) {
        if (id == null) {
            throw new NoSuchPageException("This address names no portal session.");
        }
        try {
            PortalView view = engine.view(id);
            return new Visit(view, business);
        } catch (ApiError e) {
            throw new NoSuchPageException("There is no portal session at this address.");
        }
    }

    private boolean isOver(Visit visit) {
        String clock = Docs.text(visit.view().customer(), "test_clock");
        long now = world.simulation().atomically(RequestInfo.NONE, () -> world.now(clock));
        return now > Docs.numberOf(visit.view().session(), "created") + LIFE_SECONDS;
    }
}
