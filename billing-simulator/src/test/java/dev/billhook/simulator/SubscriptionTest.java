package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Subscriptions")
class SubscriptionTest extends ApiTest {

    SubscriptionTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("a subscription begins active, paid, with its period on the item and Stripe's events in order")
    void begins() {
        String customer = shop.customer();
        String price = shop.monthly(1500);
        int before = api.events().size();
        Answer subscription = shop.subscribe(
                customer, price, "items[0][quantity]=3", "metadata[plan]=pro", "expand[]=latest_invoice");
        assertThat(subscription.text("/status")).isEqualTo("active");
        assertThat(subscription.body().has("current_period_end")).isFalse();
        assertThat(subscription.number("/items/data/0/current_period_end"))
                .isGreaterThan(subscription.number("/items/data/0/current_period_start"));
        assertThat(subscription.number("/latest_invoice/amount_paid")).isEqualTo(4500);
        assertThat(subscription.text("/latest_invoice/parent/subscription_details/subscription"))
                .isEqualTo(subscription.id());
        assertThat(subscription.text("/latest_invoice/parent/subscription_details/metadata/plan"))
                .isEqualTo("pro");
        assertThat(subscription.text("/latest_invoice/lines/data/0/pricing/price_details/price"))
                .isEqualTo(price);
        assertThat(subscription.body().path("latest_invoice").has("payment_intent"))
                .isFalse();
        List<String> types = api.eventTypes();
        assertThat(types.subList(before, types.size()))
                .containsSubsequence(
                        "customer.subscription.created",
                        "invoice.created",
                        "invoice.finalized",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice_payment.paid",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "customer.subscription.updated");
        JsonNode activated =
                api.events("customer.subscription.updated").stream().findFirst().orElseThrow();
        assertThat(activated.at("/data/previous_attributes/status").asText()).isEqualTo("incomplete");
        assertThat(activated.at("/request/id").asText()).startsWith("req_");
    }

    @Test
    @DisplayName("a first payment that fails leaves it incomplete, then expired after 23 hours")
    void incomplete() {
        Answer subscription = shop.subscribe(shop.customer("pm_card_chargeCustomerFail"), shop.monthly(1500));
        assertThat(subscription.text("/status")).isEqualTo("incomplete");
        simulator.advance(Duration.ofHours(22));
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("incomplete");
        simulator.advance(Duration.ofHours(2));
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("incomplete_expired");
        assertThat(api.get("/v1/invoices", "subscription=" + subscription.id()).text("/data/0/status"))
                .isEqualTo("void");
    }

    @Test
    @DisplayName("default_incomplete waits for the customer: confirming the payment activates")
    void defaultIncomplete() {
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(1500),
                "payment_behavior=default_incomplete",
                "payment_settings[save_default_payment_method]=on_subscription",
                "expand[]=latest_invoice.confirmation_secret");
        assertThat(subscription.text("/status")).isEqualTo("incomplete");
        String secret = subscription.text("/latest_invoice/confirmation_secret/client_secret");
        String intent = secret.substring(0, secret.indexOf("_secret_"));
        api.post("/v1/payment_intents/" + intent + "/confirm", "payment_method=pm_card_visa");
        Answer active = shop.subscription(subscription.id());
        assertThat(active.text("/status")).isEqualTo("active");
        assertThat(active.text("/default_payment_method")).startsWith("pm_");
    }

    @Test
    @DisplayName("error_if_incomplete makes nothing when the card is declined")
    void errorIfIncomplete() {
        String customer = shop.customer("pm_card_chargeCustomerFail");
        Answer answer = shop.subscribe(customer, shop.monthly(1500), "payment_behavior=error_if_incomplete");
        assertThat(answer.status()).isEqualTo(402);
        assertThat(api.get("/v1/subscriptions", "status=all").body().path("data"))
                .isEmpty();
    }

    @Test
    @DisplayName("C16 cancelling at the period end sets both of Stripe's fields, withdrawing clears them")
    void cancelAtPeriodEnd() {
        String id = shop.subscribe(shop.customer(), shop.monthly(1500)).id();
        Answer scheduled = api.post("/v1/subscriptions/" + id, "cancel_at_period_end=true");
        assertThat(scheduled.body().path("cancel_at_period_end").asBoolean()).isTrue();
        assertThat(scheduled.number("/cancel_at")).isEqualTo(scheduled.number("/items/data/0/current_period_end"));
        assertThat(scheduled.text("/cancellation_details/reason")).isEqualTo("cancellation_requested");
        Answer withdrawn = api.post("/v1/subscriptions/" + id, "cancel_at_period_end=false");
        assertThat(withdrawn.body().path("cancel_at").isNull()).isTrue();
        assertThat(withdrawn.body().path("canceled_at").isNull()).isTrue();
        api.post("/v1/subscriptions/" + id, "cancel_at_period_end=true");
        simulator.advance(java.time.Period.ofMonths(1));
        Answer ended = shop.subscription(id);
        assertThat(ended.text("/status")).isEqualTo("canceled");
        assertThat(ended.number("/ended_at")).isEqualTo(scheduled.number("/cancel_at"));
        assertThat(api.eventTypes()).endsWith("customer.subscription.deleted");
        assertThat(api.get("/v1/invoices", "subscription=" + id).body().path("data"))
                .hasSize(1);
    }

    @Test
    @DisplayName("C16 it can end at a date and now; an ended one refuses changes")
    void cancel() {
        String id = shop.subscribe(shop.customer(), shop.monthly(3000)).id();
        long date = simulator.now().plus(Duration.ofDays(10)).getEpochSecond();
        Answer dated = api.post("/v1/subscriptions/" + id, "cancel_at=" + date);
        assertThat(dated.number("/cancel_at")).isEqualTo(date);
        assertThat(dated.body().path("cancel_at_period_end").asBoolean()).isFalse();
        simulator.advance(Duration.ofDays(11));
        Answer ended = shop.subscription(id);
        assertThat(ended.text("/status")).isEqualTo("canceled");
        assertThat(ended.number("/ended_at")).isEqualTo(date);
        String other = shop.subscribe(shop.customer(), shop.monthly(3000)).id();
        Answer now = api.delete("/v1/subscriptions/" + other, "cancellation_details[comment]=bye");
        assertThat(now.text("/status")).isEqualTo("canceled");
        assertThat(now.text("/cancellation_details/comment")).isEqualTo("bye");
        assertThat(api.post("/v1/subscriptions/" + other, "cancel_at_period_end=true")
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/v1/subscriptions/" + other, "metadata[a]=b").status())
                .isEqualTo(200);
        assertThat(api.delete("/v1/subscriptions/" + other).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("lists leave out cancelled ones unless asked, and find by customer, price and status")
    void list() {
        String customer = shop.customer();
        String price = shop.monthly(100);
        String first = shop.subscribe(customer, price).id();
        String second = shop.subscribe(shop.customer(), shop.monthly(200)).id();
        api.delete("/v1/subscriptions/" + first);
        assertThat(api.get("/v1/subscriptions").body().path("data").findValuesAsText("id"))
                .contains(second)
                .doesNotContain(first);
        assertThat(api.get("/v1/subscriptions", "customer=" + customer, "status=all")
                        .text("/data/0/id"))
                .isEqualTo(first);
        assertThat(api.get("/v1/subscriptions", "price=" + price, "status=canceled")
                        .text("/data/0/id"))
                .isEqualTo(first);
        assertThat(api.get("/v1/subscriptions", "status=ended").body().path("data"))
                .hasSize(1);
    }

    @Test
    @DisplayName("items are added, changed and removed one by one")
    void items() {
        String id = shop.subscribe(shop.customer(), shop.monthly(1000)).id();
        String addOn = api.post(
                        "/v1/subscription_items", "subscription=" + id, "price=" + shop.monthly(500), "quantity=2")
                .id();
        assertThat(shop.subscription(id).body().at("/items/data")).hasSize(2);
        Answer more = api.post("/v1/subscription_items/" + addOn, "quantity=4", "proration_behavior=none");
        assertThat(more.number("/quantity")).isEqualTo(4);
        assertThat(api.get("/v1/subscription_items", "subscription=" + id)
                        .body()
                        .path("data"))
                .hasSize(2);
        assertThat(api.delete("/v1/subscription_items/" + addOn)
                        .body()
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        assertThat(api.get("/v1/subscription_items/" + addOn).status()).isEqualTo(404);
        String last = shop.subscription(id).text("/items/data/0/id");
        assertThat(api.delete("/v1/subscription_items/" + last).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("C11 a subscription that sends invoices is active at once and past due when one is not paid in time")
    void sendsInvoices() {
        String customer = api.post("/v1/customers", "email=a@x.org").id();
        Answer subscription =
                shop.subscribe(customer, shop.monthly(900), "collection_method=send_invoice", "days_until_due=10");
        assertThat(subscription.text("/status")).isEqualTo("active");
        simulator.advance(Duration.ofHours(2));
        Answer invoice = api.get("/v1/invoices/" + subscription.text("/latest_invoice"));
        assertThat(invoice.text("/status")).isEqualTo("open");
        assertThat(invoice.number("/due_date")).isPositive();
        simulator.advance(Duration.ofDays(11));
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("past_due");
        api.post("/v1/invoices/" + invoice.id() + "/pay", "paid_out_of_band=true");
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("active");
    }
}
