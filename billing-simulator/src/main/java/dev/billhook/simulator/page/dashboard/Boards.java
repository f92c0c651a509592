package dev.billhook.simulator.page.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.gateway.RequestLog;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Selection;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.dashboard.view.EventRows;
import dev.billhook.simulator.page.dashboard.view.Frame;
import dev.billhook.simulator.page.dashboard.view.MoneyRows;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.dashboard.view.Rows;
import dev.billhook.simulator.page.dashboard.view.Table;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The overview and the lists of the dashboard. */
final class Boards {
    private static final int PAGE = 50;
    private static final int RECENT = 12;

    private final World world;
    private final Templates templates;
    private final Rows rows;
    private final MoneyRows money;
    private final EventRows events;
    private final WebhookDelivery delivery;
    private final RequestLog requests;

    Boards(World world, WebhookDelivery delivery, RequestLog requests, Templates templates) {
        this.world = world;
        this.templates = templates;
        this.rows = new Rows(world.store());
        this.money = new MoneyRows(rows);
        this.events = new EventRows(delivery);
        this.delivery = delivery;
        this.requests = requests;
    }

    /** A number that leads to a list. */
    record Tile(String label, long count, String url) {}

    /** What the overview shows. */
    record Home(Frame frame, List<Tile> tiles, Table sessions, Table events) {}

    /** What a list shows. */
    record Listing(Frame frame, String title, @Nullable Filter filter, List<Table> tables) {}

    PageResponse home(Frame frame) {
        Store store = world.store();
        List<Tile> tiles = new ArrayList<>();
        for (String[] tile : new String[][] {
            {"Customers", "customer", "customers"},
            {"Subscriptions", "subscription", "subscriptions"},
            {"Invoices", "invoice", "invoices"},
            {"Payments", "charge", "payments"},
            {"Prices", "price", "catalog"},
            {"Events", "event", "events"},
            {"Endpoints", "webhook_endpoint", "webhooks"}
        }) {
            tiles.add(new Tile(tile[0], store.count(tile[1]), Places.section(tile[2])));
        }
        Stream<ObjectNode> open = store.newestFirst("checkout.session")
                .limit(200)
                .filter(session -> "open".equals(Docs.text(session, "status")))
                .limit(5);
        return templates.page(
                "board-home",
                new Home(
                        frame,
                        tiles,
                        rows.sessions(open)
                                .titled("Open Checkout sessions", "No Checkout session waits for a payment."),
                        events.events(store.newestFirst("event").limit(RECENT))));
    }

    PageResponse list(Frame frame, PageRequest request, String section) {
        Filter filter = Filter.of(section, request.query().getOrDefault("filter", ""), world.store());
        Listed listed = new Listed(section, filter, request.query().get("after"));
        List<Table> tables = switch (section) {
            case "customers" -> List.of(page(listed, "customer", rows::customers));
            case "subscriptions" -> List.of(page(listed, "subscription", rows::subscriptions));
            case "invoices" -> List.of(page(listed, "invoice", rows::invoices));
            case "payments" ->
                List.of(
                        page(listed, "charge", money::charges),
                        money.disputes(newest("dispute")),
                        money.refunds(newest("refund")));
            case "catalog" -> List.of(page(listed, "price", rows::prices), rows.products(newest("product")));
            case "checkout" -> List.of(page(listed, "checkout.session", rows::sessions));
            case "events" -> List.of(page(listed, "event", events::events));
            case "webhooks" -> List.of(page(listed, "webhook_endpoint", events::endpoints), deliveries(filter));
            case "requests" ->
                List.of(events.requests(requests.latest().stream().limit(2 * PAGE)));
            default -> throw new NoSuchPageException("The dashboard has no section of this name.");
        };
        String title = Character.toUpperCase(section.charAt(0)) + section.substring(1);
        return templates.page("board-list", new Listing(frame, title, filter, tables));
    }

    /** What was looked for: the object of this id, or the customers and invoices that fit. */
    PageResponse search(Frame frame, String wanted) {
        Store store = world.store();
        for (String type : Places.types()) {
            String url = store.find(type, wanted) == null ? null : Places.of(type, wanted);
            if (url != null) {
                return PageResponse.redirect(url);
            }
        }
        String text = wanted.isEmpty() ? "Search" : "Search for " + wanted;
        List<Table> tables = List.of(
                rows.customers(matching("customer", wanted))
                        .titled("Customers", "No customer has this in name, e-mail address or id."),
                rows.invoices(matching("invoice", wanted)).titled("Invoices", "No invoice has this in its number."));
        return templates.page("board-list", new Listing(frame, text, null, tables));
    }

    private Stream<ObjectNode> matching(String type, String wanted) {
        return world.store()
                .newestFirst(type)
                .filter(doc -> !wanted.isEmpty() && Filter.contains(doc, wanted))
                .limit(PAGE);
    }

    private Table deliveries(@Nullable Filter filter) {
        boolean failed = filter != null && filter.value().equals("failed");
        return events.deliveries(delivery.log().stream()
                .filter(attempt -> !failed || !attempt.succeeded())
                .limit(PAGE));
    }

    private Stream<ObjectNode> newest(String type) {
        return world.store().newestFirst(type).limit(PAGE);
    }

    /** Which part of a section's list is shown. */
    private record Listed(
            String section,
            @Nullable Filter filter,
            @Nullable String after) {}

    private Table page(Listed listed, String type, Function<Stream<ObjectNode>, Table> table) {
        Store store = world.store();
        String after = listed.after();
        Stream<ObjectNode> all = after == null || store.find(type, after) == null
                ? store.newestFirst(type)
                : store.newestFirst(type, Selection.ALL, after);
        Filter filter = listed.filter();
        List<ObjectNode> docs = all.filter(doc -> filter == null || filter.takes(type, doc))
                .limit(PAGE + 1L)
                .toList();
        if (docs.size() <= PAGE) {
            return table.apply(docs.stream());
        }
        List<ObjectNode> shown = docs.subList(0, PAGE);
        String last = Docs.textOf(shown.get(PAGE - 1), "id");
        String kept = filter == null ? "" : filter.query();
        return table.apply(shown.stream()).withNext(Places.section(listed.section()) + "?after=" + last + kept);
    }
}
