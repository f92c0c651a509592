package dev.billhook.simulator.page.dashboard;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.PageContext;
import dev.billhook.simulator.page.dashboard.object.ObjectBoard;
import dev.billhook.simulator.page.dashboard.view.Frame;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;

/** The dashboard: lists, single objects, events with their deliveries, the clock, and what can be made to go wrong. */
public final class DashboardPage implements PageHandler {
    private static final String BACK = "/dashboard[\\w/.?=&-]*";

    private final World world;
    private final Templates templates;
    private final Boards boards;
    private final ObjectBoard objects;
    private final EventBoard events;
    private final ControlBoard control;
    private final ClockForm clock;
    private final Deeds deeds;

    public DashboardPage(PageContext context, Templates templates) {
        this.world = context.world();
        this.templates = templates;
        PageContext.Operations operations = context.operations();
        this.boards = new Boards(world, operations.deliveries(), operations.requests(), templates);
        this.objects = new ObjectBoard(world, operations.deliveries(), templates);
        this.events = new EventBoard(world, operations.deliveries(), templates);
        this.control = new ControlBoard(operations.deliveries(), operations.faults(), operations.reset(), templates);
        this.clock = new ClockForm(world);
        this.deeds = new Deeds(
                world, context.engines().payment().charging(), context.engines().portals());
    }

    @Override
    public PageResponse handle(PageRequest request) {
        return request.isPost() ? act(request) : world.simulation().atomically(RequestInfo.NONE, () -> show(request));
    }

    private PageResponse show(PageRequest request) {
        Frame frame = Frame.of(request, world.simulation().clock().instant());
        String section = request.segment(1);
        String id = request.segment(2);
        if (section == null) {
            return boards.home(frame);
        }
        if (id == null) {
            return switch (section) {
                case "search" ->
                    boards.search(frame, request.query().getOrDefault("q", "").trim());
                case "control" -> control.show(frame);
                default -> boards.list(frame, request, section);
            };
        }
        return "events".equals(section) ? events.show(frame, id) : objects.show(frame, section, id);
    }

    private PageResponse act(PageRequest request) {
        String section = String.valueOf(request.segment(1));
        String id = request.segment(2);
        String deed = request.segment(3);
        if ("clock".equals(section)) {
            String typed = request.field("back");
            String back = typed.matches(BACK) ? typed.replaceAll("\\?.*", "") : Places.HOME;
            return PageResponse.redirect(back + "?notice=" + clock.apply(request));
        }
        if (id == null) {
            throw new NoSuchPageException("The dashboard has no such action.");
        }
        String page = deed == null ? Places.section(section) : Places.object(section, id);
        try {
            if (deed == null && "control".equals(section)) {
                return PageResponse.redirect(page + "?notice=" + control.act(id, request));
            }
            if ("events".equals(section) && "resend".equals(deed)) {
                return events.resend(id);
            }
            return deeds.act(request, section, id, String.valueOf(deed));
        } catch (ApiError e) {
            if (e.status() == 404) {
                throw e;
            }
            return templates.message(400, "That did not work", String.valueOf(e.getMessage()), page, "Go back");
        }
    }
}
