package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;

/** The things most tests need first. */
final class Shop {
    private final ApiClient api;

    Shop(ApiClient api) {
        this.api = api;
    }

    String product(String name) {
        return api.post("/v1/products", "name=" + name).id();
    }

    String monthly(long amount) {
        return price(amount, "month");
    }

    String yearly(long amount) {
        return price(amount, "year");
    }

    String price(long amount, String interval) {
        return api.post(
                        "/v1/prices",
                        "currency=usd",
                        "unit_amount=" + amount,
                        "recurring[interval]=" + interval,
                        "product_data[name]=Plan at " + amount)
                .id();
    }

    String oneTime(long amount) {
        return api.post("/v1/prices", "currency=usd", "unit_amount=" + amount, "product_data[name]=Thing")
                .id();
    }

    /** A customer whose default payment method is one of the ready-made test cards. */
    String customer(String card) {
        return api.post(
                        "/v1/customers",
                        "email=jane@example.com",
                        "name=Jane",
                        "invoice_settings[default_payment_method]=" + card)
                .id();
    }

    String customer() {
        return customer("pm_card_visa");
    }

    Answer subscribe(String customer, String price, String... more) {
        List<String> params = new ArrayList<>(List.of("customer=" + customer, "items[0][price]=" + price));
        params.addAll(List.of(more));
        return api.post("/v1/subscriptions", params.toArray(String[]::new));
    }

    /** A schedule that was taken; refusals are asked for of the API itself. */
    Answer schedule(String customer, String... phases) {
        List<String> params = new ArrayList<>(List.of("customer=" + customer));
        params.addAll(List.of(phases));
        Answer schedule = api.post("/v1/subscription_schedules", params.toArray(String[]::new));
        assertThat(schedule.status()).as(schedule.response().body()).isEqualTo(200);
        return schedule;
    }

    Answer subscription(String id) {
        return api.get("/v1/subscriptions/" + id);
    }

    Answer newestInvoice(String subscription) {
        String id = api.get("/v1/invoices", "subscription=" + subscription, "limit=1")
                .text("/data/0/id");
        return api.get("/v1/invoices/" + id);
    }
}
