package dev.billhook.simulator.page.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.RequestLog;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.http.PageRequest;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Selection;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The overview and the lists of the dashboard. */
final class Boards {
    static final Map<String, String> SECTION_OF = Map.of(
            "customer", "customers",
            "subscription", "subscriptions",
            "invoice", "invoices",
            "price", "catalog",
            "product", "catalog",
            "checkout.session", "checkout",
            "event", "events",
            "webhook_endpoint", "webhooks");
    private static final int PAGE = 50;
    private static final int RECENT = 12;

    private final World world;
    private final Templates templates;
    private final Rows rows;
    private final WebhookDelivery delivery;
    private final RequestLog requests;

    Boards(World world, Rows rows, WebhookDelivery delivery, RequestLog requests, Templates templates) {
        this.world = world;
        this.templates = templates;
        this.rows = rows;
        this.delivery = delivery;
        this.requests = requests;
    }

    /** A number that leads to a list. */
    record Tile(String label, long count, String url) {}

    /** What the overview shows. */
    record Home(Frame frame, List<Tile> tiles, Table sessions, Table events) {}

    /** What a list shows. */
    record Listing(Frame frame, String title, List<Table> tables) {}

    PageResponse home(Frame frame) {
        Store store = world.store();
        List<Tile> tiles = new ArrayList<>();
        for (String[] tile : new String[][] {
            {"Customers", "customer", "customers"},
            {"Subscriptions", "subscription", "subscriptions"},
            {"Invoices", "invoice", "invoices"},
            {"Prices", "price", "catalog"},
            {"Events", "event", "events"},
            {"Webhook endpoints", "webhook_endpoint", "webhooks"}
        }) {
            tiles.add(new Tile(tile[0], store.count(tile[1]), Frame.section(tile[2])));
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
                        rows.events(store.newestFirst("event").limit(RECENT))));
    }

    PageResponse list(Frame frame, PageRequest request, String section) {
        String after = request.query().get("after");
        List<Table> tables = switch (section) {
            case "customers" -> one(section, "customer", after, rows::customers);
            case "subscriptions" -> one(section, "subscription", after, rows::subscriptions);
            case "invoices" -> one(section, "invoice", after, rows::invoices);
            case "catalog" -> catalog(after);
            case "checkout" -> one(section, "checkout.session", after, rows::sessions);
            case "events" -> one(section, "event", after, rows::events);
            case "webhooks" -> webhooks(after);
            case "requests" -> List.of(rows.requests(requests.latest().stream().limit(2 * PAGE)));
            default -> throw new NoSuchPageException("The dashboard has no section of this name.");
        };
        String title = Character.toUpperCase(section.charAt(0)) + section.substring(1);
        return templates.page("board-list", new Listing(frame, title, tables));
    }

    private List<Table> catalog(@Nullable String after) {
        return List.of(
                page("catalog", "price", after, rows::prices),
                rows.products(world.store().newestFirst("product").limit(PAGE)));
    }

    private List<Table> webhooks(@Nullable String after) {
        return List.of(
                page("webhooks", "webhook_endpoint", after, rows::endpoints),
                rows.deliveries(delivery.log().stream().limit(PAGE)));
    }

    private List<Table> one(
            String section, String type, @Nullable String after, Function<Stream<ObjectNode>, Table> table) {
        return List.of(page(section, type, after, table));
    }

    private Table page(String section, String type, @Nullable String after, Function<Stream<ObjectNode>, Table> table) {
        Store store = world.store();
        Stream<ObjectNode> all = after == null || store.find(type, after) == null
                ? store.newestFirst(type)
                : store.newestFirst(type, Selection.ALL, after);
        List<ObjectNode> docs = all.limit(PAGE + 1L).toList();
        if (docs.size() <= PAGE) {
            return table.apply(docs.stream());
        }
        List<ObjectNode> shown = docs.subList(0, PAGE);
        String last = Docs.textOf(shown.get(PAGE - 1), "id");
        return table.apply(shown.stream()).withNext(Frame.section(section) + "?after=" + last);
    }
}
