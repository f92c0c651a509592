package dev.billhook.simulator.page;

import dev.billhook.simulator.ApiClient;
import dev.billhook.simulator.SimulatorBuilder;
import dev.billhook.simulator.StripeSimulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A simulator with a small shop, a client of its API, and a browser. */
final class Stage implements AutoCloseable {
    static final Instant START = Instant.parse("2027-01-31T10:00:00Z");
    static final String VISA = "4242 4242 4242 4242";

    final StripeSimulator simulator;
    final ApiClient api;
    final Browser browser;
    final String product;
    final String monthly;
    final String yearly;

    Stage() {
        this(builder());
    }

    Stage(SimulatorBuilder builder) {
        this.simulator = builder.start();
        this.api = new ApiClient(simulator);
        this.browser = new Browser(simulator.baseUrl());
        this.product =
                api.post("/v1/products", "name=Pro", "description=Everything").id();
        this.monthly = price("1200", "usd", "month");
        this.yearly = price("12000", "usd", "year");
    }

    static SimulatorBuilder builder() {
        return StripeSimulator.builder().startAt(START).seed(7);
    }

    String price(String amount, String currency, String interval) {
        return api.post(
                        "/v1/prices",
                        "product=" + product,
                        "unit_amount=" + amount,
                        "currency=" + currency,
                        "recurring[interval]=" + interval)
                .id();
    }

    String oneTime(String amount, String currency) {
        return api.post("/v1/prices", "product=" + product, "unit_amount=" + amount, "currency=" + currency)
                .id();
    }

    /** The id of a new Checkout session. */
    String session(String... params) {
        List<String> all = new ArrayList<>(List.of(params));
        all.add("success_url=http://shop.example/ok?session={CHECKOUT_SESSION_ID}");
        all.add("cancel_url=http://shop.example/plans");
        return api.post("/v1/checkout/sessions", all.toArray(String[]::new)).id();
    }

    String subscriptionSession(String... params) {
        List<String> all = new ArrayList<>(
                List.of("mode=subscription", "line_items[0][price]=" + monthly, "line_items[0][quantity]=1"));
        all.addAll(List.of(params));
        return session(all.toArray(String[]::new));
    }

    String customer() {
        return api.post("/v1/customers", "email=jo@example.com", "name=Jo Doe").id();
    }

    /** The id of a subscription that a new customer has bought on the Checkout page. */
    String subscribed(String customer) {
        Browser.Page paid = browser.open("/pay/" + subscriptionSession("customer=" + customer))
                .card(VISA)
                .press("Subscribe");
        if (!paid.url().startsWith("http://shop.example/ok")) {
            throw new IllegalStateException("not paid: " + paid.text());
        }
        return api.get("/v1/subscriptions", "customer=" + customer).text("/data/0/id");
    }

    /** The address of a new portal session. */
    String portal(String customer, String... params) {
        List<String> all = new ArrayList<>(List.of("customer=" + customer, "return_url=http://shop.example/account"));
        all.addAll(List.of(params));
        return api.post("/v1/billing_portal/sessions", all.toArray(String[]::new))
                .text("/url");
    }

    /** The id of an open invoice of what is pending, to be paid within 30 days. */
    String sentInvoice(String customer, String... params) {
        List<String> all = new ArrayList<>(List.of(
                "customer=" + customer,
                "collection_method=send_invoice",
                "days_until_due=30",
                "pending_invoice_items_behavior=include"));
        all.addAll(List.of(params));
        String id = api.post("/v1/invoices", all.toArray(String[]::new)).id();
        return api.post("/v1/invoices/" + id + "/finalize").id();
    }

    String status(String subscription) {
        return api.get("/v1/subscriptions/" + subscription).text("/status");
    }

    @Override
    public void close() {
        simulator.close();
    }
}
