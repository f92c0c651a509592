package dev.billhook.simulator.page.dashboard.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.Links;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.PriceText;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.TimeText;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes tables of customers, what they subscribed to and what is sold. */
public final class Rows {
    private final Store store;

    public Rows(Store store) {
        this.store = store;
    }

    /** Customers. */
    public Table customers(Stream<ObjectNode> docs) {
        return Table.of(
                "Customers",
                "Customer,E-mail,Id,Created",
                docs.map(customer -> List.of(
                                Cell.link(nameOf(customer), Places.object("customers", id(customer))),
                                Cell.of(Docs.text(customer, "email")),
                                Cell.code(id(customer)),
                                created(customer)))
                        .toList(),
                "No customers yet: they appear when a client or a Checkout page makes one.");
    }

    /** Subscriptions. */
    public Table subscriptions(Stream<ObjectNode> docs) {
        return Table.of(
                "Subscriptions",
                "Plan,Customer,Status,Next,Created",
                docs.map(this::subscription).toList(),
                "No subscriptions yet: pay on a Checkout page to make one.");
    }

    /** Invoices. */
    public Table invoices(Stream<ObjectNode> docs) {
        return Table.of(
                "Invoices",
                "Number,Customer,Status,Created,Total#",
                docs.map(this::invoice).toList(),
                "No invoices yet: a subscription makes one for every period.");
    }

    /** Prices. */
    public Table prices(Stream<ObjectNode> docs) {
        return Table.of(
                "Prices",
                "Product,Price,Lookup key,Id,State",
                docs.map(this::price).toList(),
                "No prices yet: a client makes them.");
    }

    /** Products. */
    public Table products(Stream<ObjectNode> docs) {
        return Table.of(
                "Products",
                "Product,Id,State,Created",
                docs.map(product -> List.of(
                                Cell.link(
                                        String.valueOf(Docs.text(product, "name")),
                                        Places.object("catalog", id(product))),
                                Cell.code(id(product)),
                                activity(product),
                                created(product)))
                        .toList(),
                "No products yet: a client makes them.");
    }

    /** Checkout sessions. */
    public Table sessions(Stream<ObjectNode> docs) {
        return Table.of(
                "Checkout sessions",
                "Session,Mode,Status,Page,Created,Total#",
                docs.map(this::session).toList(),
                "No Checkout sessions yet: a client makes them.");
    }

    /** Payment methods. */
    public Table methods(Stream<ObjectNode> docs) {
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

    /** What links to a customer. */
    public Cell customer(@Nullable String id) {
        ObjectNode customer = id == null ? null : store.find("customer", id);
        return customer == null ? Cell.of(id) : Cell.link(nameOf(customer), Places.object("customers", id(customer)));
    }

    /** When an object was made. */
    public static Cell created(ObjectNode doc) {
        return Cell.of(TimeText.exact(Docs.numberOf(doc, "created")));
    }

    /** What a customer is called by: name, e-mail address or id. */
    public static String nameOf(ObjectNode customer) {
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
                Cell.link(plan.name(), Places.object("subscriptions", id(subscription))),
                customer(Docs.text(subscription, "customer")),
                Cell.tag(StatusText.ofSubscription(subscription)),
                Cell.of(plan.when()),
                created(subscription));
    }

    private List<Cell> invoice(ObjectNode invoice) {
        String number = Docs.text(invoice, "number");
        return List.of(
                Cell.link(number == null ? "Draft" : number, Places.object("invoices", id(invoice))),
                customer(Docs.text(invoice, "customer")),
                Cell.tag(StatusText.ofInvoice(invoice)),
                created(invoice),
                Cell.number(AmountText.of(Docs.numberOf(invoice, "total"), Docs.textOf(invoice, "currency"))));
    }

    private List<Cell> price(ObjectNode price) {
        return List.of(
                Cell.link(
                        PlanText.productName(store, price),
                        Places.object("catalog", String.valueOf(Docs.text(price, "product")))),
                Cell.of(PriceText.of(price, Docs.textOf(price, "currency"))),
                Cell.of(Docs.text(price, "lookup_key")),
                Cell.code(id(price), Places.object("catalog", id(price))),
                activity(price));
    }

    private List<Cell> session(ObjectNode session) {
        String url = Links.web(Docs.text(session, "url"));
        Long total = Docs.number(session, "amount_total");
        String currency = Docs.text(session, "currency");
        return List.of(
                Cell.code(shortened(id(session)), Places.object("checkout", id(session))),
                Cell.of(Docs.text(session, "mode")),
                Cell.tag(StatusText.named(String.valueOf(Docs.text(session, "status")))),
                url == null ? Cell.of(null) : Cell.link("Open page", url),
                created(session),
                Cell.number(total == null || currency == null ? "–" : AmountText.of(total, currency)));
    }

    private static Cell activity(ObjectNode doc) {
        return Cell.tag(Docs.flag(doc, "active") ? new StatusText("Active", "good") : new StatusText("Archived", ""));
    }

    static String shortened(String id) {
        return id.length() > 24 ? id.substring(0, 20) + "…" : id;
    }

    static String id(ObjectNode doc) {
        return Docs.textOf(doc, "id");
    }
}
