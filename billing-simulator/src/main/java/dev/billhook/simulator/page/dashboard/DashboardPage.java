package dev.billhook.simulator.page.dashboard;

import dev.billhook.simulator.api.RequestLog;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;

/** The dashboard: lists, single objects, events with their deliveries, and the clock. */
public final class DashboardPage implements PageHandler {
    private static final String BACK = "/dashboard[\\w/.?=&-]*";

    private final World world;
    private final Boards boards;
    private final ObjectBoard objects;
    private final EventBoard events;
    private final ClockForm clock;

    public DashboardPage(World world, WebhookDelivery delivery, RequestLog requests, Templates templates) {
        this.world = world;
        Rows rows = new Rows(world.store(), delivery);
        this.boards = new Boards(world, rows, delivery, requests, templates);
        this.objects = new ObjectBoard(world, rows, delivery, templates);
        this.events = new EventBoard(world, delivery, templates);
        this.clock = new ClockForm(world.simulation());
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
            return boards.list(frame, request, section);
        }
        return "events".equals(section) ? events.show(frame, id) : objects.show(frame, section, id);
    }

    private PageResponse act(PageRequest request) {
        String section = request.segment(1);
        String id = request.segment(2);
        if ("clock".equals(section)) {
            String typed = request.field("back");
            String back = typed.matches(BACK) ? typed.replaceAll("\\?.*", "") : Frame.HOME;
            return PageResponse.redirect(back + "?notice=" + clock.apply(request));
        }
        if ("events".equals(section) && id != null && "resend".equals(request.segment(3))) {
            return events.resend(id);
        }
        throw new NoSuchPageException("The dashboard has no such action.");
    }
}
