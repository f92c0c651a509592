package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Updates that wait for their payment")
class PendingUpdateTest extends OwnSimulatorTest {
    private final String customer = shop.customer();
    private final Answer subscription = shop.subscribe(customer, shop.monthly(1000));
    private final String path = "/v1/subscriptions/" + subscription.id();

    PendingUpdateTest() {
        super(StripeSimulator.builder().startAt(Instant.parse("2027-04-01T00:00:00Z")));
        simulator.advance(Duration.ofDays(15));
    }

    @Test
    @DisplayName("C7 what can be paid is applied at once")
    void paidAtOnce() {
        Answer updated = upgrade();
        assertThat(updated.body().path("pending_update").isNull()).isTrue();
        assertThat(updated.number("/items/data/0/quantity")).isEqualTo(5);
        assertThat(updated.text("/latest_invoice/status")).isEqualTo("paid");
        assertThat(updated.number("/latest_invoice/total")).isEqualTo(2000);
        assertThat(api.eventTypes()).noneMatch(type -> type.contains("pending_update"));
    }

    @Test
    @DisplayName("C7 what cannot be paid waits, and the subscription goes on as it was")
    void waits() {
        declineCards();
        Answer updated = upgrade();
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.text("/status")).isEqualTo("active");
        assertThat(updated.number("/items/data/0/quantity")).isEqualTo(1);
        assertThat(updated.number("/pending_update/expires_at"))
                .isEqualTo(simulator.now().plus(Duration.ofHours(23)).getEpochSecond());
        assertThat(updated.number("/pending_update/subscription_items/0/quantity"))
                .isEqualTo(5);
        assertThat(updated.text("/pending_update/subscription_items/0/price/object"))
                .isEqualTo("price");
        assertThat(updated.text("/latest_invoice/status")).isEqualTo("open");
        JsonNode event = newestEvent("customer.subscription.updated");
        assertThat(event.at("/data/object/pending_update").isObject()).isTrue();
    }

    @Test
    @DisplayName("C7 once its invoice is paid the update is applied")
    void appliedLater() {
        declineCards();
        Answer waiting = upgrade();
        simulator.advance(Duration.ofHours(2));
        api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=pm_card_visa");
        api.post("/v1/invoices/" + waiting.text("/latest_invoice/id") + "/pay");
        Answer applied = shop.subscription(subscription.id());
        assertThat(applied.number("/items/data/0/quantity")).isEqualTo(5);
        assertThat(applied.body().path("pending_update").isNull()).isTrue();
        assertThat(newestEvent("customer.subscription.pending_update_applied")
                        .at("/data/previous_attributes/pending_update")
                        .isObject())
                .isTrue();
        simulator.advanceTo(Instant.parse("2027-05-01T02:00:00Z"));
        assertThat(newestInvoice().number("/total")).isEqualTo(5000);
        assertThat(api.eventTypes()).doesNotContain("customer.subscription.pending_update_expired");
    }

    @Test
    @DisplayName("C7 after 23 hours it is too late: the invoice is void and nothing has changed")
    void expires() {
        declineCards();
        Answer waiting = upgrade();
        simulator.advance(Duration.ofHours(23));
        assertThat(api.get("/v1/invoices/" + waiting.text("/latest_invoice/id")).text("/status"))
                .isEqualTo("void");
        Answer expired = shop.subscription(subscription.id());
        assertThat(expired.body().path("pending_update").isNull()).isTrue();
        assertThat(expired.number("/items/data/0/quantity")).isEqualTo(1);
        assertThat(api.eventTypes()).contains("customer.subscription.pending_update_expired");
    }

    @Test
    @DisplayName("C7 it does not outlive the period")
    void expiresWithPeriod() {
        simulator.advanceTo(Instant.parse("2027-04-30T20:00:00Z"));
        declineCards();
        assertThat(upgrade().number("/pending_update/expires_at"))
                .isEqualTo(Instant.parse("2027-05-01T00:00:00Z").getEpochSecond());
    }

    @Test
    @DisplayName("C7 voiding the invoice gives the update up")
    void givenUp() {
        declineCards();
        Answer waiting = upgrade();
        api.post("/v1/invoices/" + waiting.text("/latest_invoice/id") + "/void");
        assertThat(shop.subscription(subscription.id())
                        .body()
                        .path("pending_update")
                        .isNull())
                .isTrue();
        simulator.advance(Duration.ofDays(2));
        assertThat(api.eventTypes()).noneMatch(type -> type.contains("pending_update"));
    }

    @Test
    @DisplayName("C7 another update takes the place of the one that waits")
    void replaced() {
        declineCards();
        Answer waiting = upgrade();
        api.post(path, "items[0][id]=" + subscription.text("/items/data/0/id"), "items[0][quantity]=2");
        assertThat(api.get("/v1/invoices/" + waiting.text("/latest_invoice/id")).text("/status"))
                .isEqualTo("void");
        Answer replaced = shop.subscription(subscription.id());
        assertThat(replaced.body().path("pending_update").isNull()).isTrue();
        assertThat(replaced.number("/items/data/0/quantity")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata[a]=b", "cancel_at_period_end=true", "items[0][metadata][a]=b"})
    @DisplayName("C7 what cannot wait is refused")
    void unsupported(String param) {
        Answer refused =
                api.post(path, "payment_behavior=pending_if_incomplete", "items[0][price]=" + shop.monthly(5), param);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/error/param"))
                .isEqualTo(param.substring(0, param.lastIndexOf('=')).replace("[a]", ""));
    }

    @Test
    @DisplayName("C7 an update without an invoice of its own is applied at once")
    void withoutInvoice() {
        Answer updated = api.post(
                path,
                "payment_behavior=pending_if_incomplete",
                "items[0][id]=" + subscription.text("/items/data/0/id"),
                "items[0][quantity]=3");
        assertThat(updated.number("/items/data/0/quantity")).isEqualTo(3);
    }

    private Answer upgrade() {
        return api.post(
                path,
                "items[0][id]=" + subscription.text("/items/data/0/id"),
                "items[0][quantity]=5",
                "payment_behavior=pending_if_incomplete",
                "proration_behavior=always_invoice",
                "expand[]=latest_invoice");
    }

    private void declineCards() {
        api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=pm_card_chargeCustomerFail");
    }

    private Answer newestInvoice() {
        return api.get("/v1/invoices/" + shop.subscription(subscription.id()).text("/latest_invoice"));
    }

    private JsonNode newestEvent(String type) {
        return api.get("/v1/events", "type=" + type, "limit=1").body().at("/data/0");
    }
}
