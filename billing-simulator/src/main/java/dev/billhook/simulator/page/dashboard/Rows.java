package dev.billhook.simulator.page.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.RequestLog;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.Links;
import dev.billhook.simulator.page.kit.PlanText;
import dev.billhook.simulator.page.kit.PriceText;
import dev.billhook.simulator.page.kit.StatusText;
import dev.billhook.simulator.page.kit.TimeText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the tables of the dashboard from stored documents. */
final class Rows {
    private final Store store;
    private final WebhookDelivery delivery;

    Rows(Store store, WebhookDelivery delivery) {
        this.store = store;
        this.delivery = delivery;
    }

    Table customers(Stream<ObjectNode> docs) {
        return Table.of(
                "Customers",
                "Customer,E-mail,Id,Created",
                docs.map(customer -> List.of(
                                Cell.link(nameOf(customer), Frame.object("customers", id(customer))),
                                Cell.of(Docs.text(customer, "email")),
                                Cell.code(id(customer)),
                                created(customer)))
                        .toList(),
                "No customers yet: they appear when a client or a Checkout page makes one.");
    }

    Table subscriptions(Stream<ObjectNode> docs) {
        return Table.of(
                "Subscriptions",
                "Plan,Customer,Status,Next,Created",
                docs.map(this::subscription).toList(),
                "No subscriptions yet: pay on a Checkout page to make one.");
    }

    Table invoices(Stream<ObjectNode> docs) {
        return Table.of(
                "Invoices",
                "Number,Customer,Status,Created,Total#",
                docs.map(this::invoice).toList(),
                "No invoices yet: a subscription makes one for every period.");
    }

    Table prices(Stream<ObjectNode> docs) {
        return Table.of(
                "Prices",
                "Product,Price,Lookup key,Id,State",
                docs.map(this::price).toList(),
                "No prices yet: a client makes them.");
    }

    Table products(Stream<ObjectNode> docs) {
        return Table.of(
                "Products",
                "Product,Id,State,Created",
                docs.map(product -> List.of(
                                Cell.link(
                                        String.valueOf(Docs.text(product, "name")),
                                        Frame.object("catalog", id(product))),
                                Cell.code(id(product)),
                                activity(product),
                                created(product)))
                        .toList(),
                "No products yet: a client makes them.");
    }

    Table sessions(Stream<ObjectNode> docs) {
        return Table.of(
                "Checkout sessions",
                "Session,Mode,Status,Page,Created,Total#",
                docs.map(this::session).toList(),
                "No Checkout sessions yet: a client makes them.");
    }

    Table events(Stream<ObjectNode> docs) {
        Map<String, Delivery> latest = new HashMap<>();
        delivery.log().forEach(attempt -> latest.putIfAbsent(attempt.eventId(), attempt));
        return Table.of(
                "Events",
                "Event,About,Delivery,Time",
                docs.map(event -> List.of(
                                Cell.link(Docs.textOf(event, "type"), Frame.object("events", id(event))),
                                about(event),
                                delivered(latest.get(id(event))),
                                created(event)))
                        .toList(),
                "Nothing has happened yet.");
    }

    Table deliveries(Stream<Delivery> attempts) {
        return Table.of(
                "Latest deliveries",
                "Event,Address,Answer,Attempt#,Real time",
                attempts.map(attempt -> List.of(
                                Cell.link(attempt.eventType(), Frame.object("events", attempt.eventId())),
                                Cell.of(attempt.url()),
                                delivered(attempt),
                                Cell.number(String.valueOf(attempt.attempt())),
                                Cell.of(TimeText.exact(attempt.at()))))
                        .toList(),
                "Nothing was delivered yet.");
    }

    Table requests(Stream<RequestLog.Entry> entries) {
        return Table.of(
                "Latest API requests",
                "Request,Answer,Version,Id,Time",
                entries.map(entry -> List.of(
                                Cell.code(entry.method() + " " + entry.path()),
                                Cell.tag(new StatusText(
                                        String.valueOf(entry.status()), entry.status() < 400 ? "good" : "bad")),
                                Cell.of(entry.version()),
                                Cell.code(entry.requestId()),
                                Cell.of(TimeText.exact(entry.at()))))
                        .toList(),
                "No client has asked anything yet.");
    }

    /** How an attempt to deliver ended; null for an event that was delivered nowhere. */
    static Cell delivered(@Nullable Delivery attempt) {
        if (attempt == null) {
            return Cell.of(null);
        }
        String answer = attempt.outcome() == Delivery.Outcome.DROPPED
                ? "Dropped"
                : attempt.status() == 0 ? "No answer" : String.valueOf(attempt.status());
        return Cell.tag(new StatusText(answer, attempt.succeeded() ? "good" : "bad"));
    }

    Table methods(Stream<ObjectNode> docs) {
        return Table.of(
                "Payment methods",
                "Card,Expiry,Id",
                docs.map(method -> {
                            ObjectNode card = Docs.child(method, "card");
                            return List.of(
                                    Cell.of(Docs.text(card, "brand") + " •••• " + Docs.text(card, "last4")),
                                    Cell.of(Docs.numberOf(card, "exp_month") + " / " + Docs.numberOf(card, "exp_year")),
                                    Cell.code(id(method)));
                        })
                        .toList(),
                "None.");
    }

    Table endpoints(Stream<ObjectNode> docs) {
        return Table.of(
                "Webhook endpoints",
                "Address,Events,State,Id",
                docs.map(endpoint -> List.of(
                                Cell.of(Docs.text(endpoint, "url")),
                                Cell.of(summary(Docs.texts(endpoint, "enabled_events"))),
                                Cell.tag(StatusText.named(String.valueOf(Docs.text(endpoint, "status")))),
                                Cell.code(id(endpoint), Frame.object("webhooks", id(endpoint)))))
                        .toList(),
                "No endpoint is registered: nothing is delivered.");
    }

    /** What links to a customer. */
    Cell customer(@Nullable String id) {
        ObjectNode customer = id == null ? null : store.find("customer", id);
        return customer == null ? Cell.of(id) : Cell.link(nameOf(customer), Frame.object("customers", id(customer)));
    }

    static Cell created(ObjectNode doc) {
        return Cell.of(TimeText.exact(Docs.numberOf(doc, "created")));
    }

    static String nameOf(ObjectNode customer) {
        for (String field : new String[] {"name", "email"}) {
            String text = Docs.text(customer, field);
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return id(customer);
    }

    private List<Cell> subscription(ObjectNode subscription) {
        PlanText plan = PlanText.of(store, subscription);
        return List.of(
                Cell.link(plan.name(), Frame.object("subscriptions", id(subscription))),
                customer(Docs.text(subscription, "customer")),
                Cell.tag(StatusText.ofSubscription(subscription)),
                Cell.of(plan.when()),
                created(subscription));
    }

    private List<Cell> invoice(ObjectNode invoice) {
        String number = Docs.text(invoice, "number");
        return List.of(
                Cell.link(number == null ? "Draft" : number, Frame.object("invoices", id(invoice))),
                customer(Docs.text(invoice, "customer")),
                Cell.tag(StatusText.ofInvoice(invoice)),
                created(invoice),
                Cell.number(AmountText.of(Docs.numberOf(invoice, "total"), Docs.textOf(invoice, "currency"))));
    }

    private List<Cell> price(ObjectNode price) {
        return List.of(
                Cell.link(
                        PlanText.productName(store, price),
                        Frame.object("catalog", String.valueOf(Docs.text(price, "product")))),
                Cell.of(PriceText.of(price, Docs.textOf(price, "currency"))),
                Cell.of(Docs.text(price, "lookup_key")),
                Cell.code(id(price), Frame.object("catalog", id(price))),
                activity(price));
    }

    private List<Cell> session(ObjectNode session) {
        String url = Links.web(Docs.text(session, "url"));
        Long total = Docs.number(session, "amount_total");
        String currency = Docs.text(session, "currency");
        return List.of(
                Cell.code(shortened(id(session)), Frame.object("checkout", id(session))),
                Cell.of(Docs.text(session, "mode")),
                Cell.tag(StatusText.named(String.valueOf(Docs.text(session, "status")))),
                url == null ? Cell.of(null) : Cell.link("Open page", url),
                created(session),
                Cell.number(total == null || currency == null ? "–" : AmountText.of(total, currency)));
    }

    private static Cell about(ObjectNode event) {
        ObjectNode object = Docs.child(Docs.child(event, "data"), "object");
        String id = Docs.text(object, "id");
        String section = Boards.SECTION_OF.get(String.valueOf(Docs.text(object, "object")));
        return id == null || section == null
                ? Cell.code(id == null ? "–" : shortened(id))
                : Cell.code(shortened(id), Frame.object(section, id));
    }

    private static Cell activity(ObjectNode doc) {
        return Cell.tag(Docs.flag(doc, "active") ? new StatusText("Active", "good") : new StatusText("Archived", ""));
    }

    private static String summary(List<String> types) {
        if (types.contains("*")) {
            return "all";
        }
        return types.size() > 3 ? types.size() + " types" : String.join(", ", types);
    }

    private static String shortened(String id) {
        return id.length() > 24 ? id.substring(0, 20) + "…" : id;
    }

    private static String id(ObjectNode doc) {
        return Docs.textOf(doc, "id");
    }
}
