package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.engine.invoice.DunningPolicy;
import dev.billhook.simulator.engine.invoice.DunningPolicy.FinalAction;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DunningTest extends ShopTest {

    private String subscription = "";

    DunningTest() {
        super(StripeSimulator.builder()
                .dunning(DunningPolicy.DEFAULT.retryingAfterDays(1, 4).endingWith(FinalAction.UNPAID)));
    }

    @BeforeEach
    void failTheRenewal() {
        subscription = shop.subscribe(customer, shop.monthly(1000)).id();
        payBy("pm_card_chargeCustomerFail");
        simulator.advance(Period.ofMonths(1));
        simulator.advance(Duration.ofHours(1));
    }

    private JsonNode latest() {
        return api.get("/v1/invoices", "subscription=" + subscription).body().at("/data/0");
    }

    private String status() {
        return shop.subscription(subscription).text("/status");
    }

    private void payBy(String card) {
        String method = api.post("/v1/payment_methods/" + card + "/attach", "customer=" + customer)
                .id();
        api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
    }

    @Test
    @DisplayName("D10 payments are tried again on the days of the policy, then the subscription is unpaid")
    void retriesThenUnpaid() {
        long first = latest().path("next_payment_attempt").asLong();
        assertThat(status()).isEqualTo("past_due");
        assertThat(first).isEqualTo(Instant.parse("2026-04-11T10:00:00Z").getEpochSecond());
        simulator.advance(Period.ofDays(1));
        assertThat(latest().path("attempt_count").asLong()).isEqualTo(2);
        assertThat(latest().path("next_payment_attempt").asLong())
                .isEqualTo(Instant.parse("2026-04-14T10:00:00Z").getEpochSecond());
        simulator.advance(Period.ofDays(3));
        assertThat(latest().path("attempt_count").asLong()).isEqualTo(3);
        assertThat(latest().path("next_payment_attempt").isNull()).isTrue();
        assertThat(latest().path("status").asText()).isEqualTo("open");
        assertThat(status()).isEqualTo("unpaid");
        List<JsonNode> updates = api.events("customer.subscription.updated");
        assertThat(updates.get(updates.size() - 1)
                        .at("/data/previous_attributes/status")
                        .asText())
                .isEqualTo("past_due");
    }

    @Test
    @DisplayName("D10 an unpaid subscription makes drafts that nobody collects until it is paid")
    void draftsWhileUnpaid() {
        simulator.advance(Period.ofDays(4));
        String open = latest().path("id").asText();
        simulator.advance(Period.ofMonths(1));
        simulator.advance(Period.ofDays(2));
        JsonNode draft = latest();
        assertThat(draft.path("status").asText()).isEqualTo("draft");
        assertThat(draft.path("auto_advance").asBoolean()).isFalse();
        payBy("pm_card_visa");
        api.post("/v1/invoices/" + open + "/pay");
        assertThat(status()).isEqualTo("active");
        simulator.advance(Period.ofMonths(1));
        simulator.advance(Duration.ofHours(1));
        assertThat(latest().path("status").asText()).isEqualTo("paid");
        assertThat(api.get("/v1/invoices/" + draft.path("id").asText()).text("/status"))
                .isEqualTo("draft");
    }

    @Test
    @DisplayName("D10 the policy can be changed on the way: past_due leaves the subscription as it is, cancel ends it")
    void changedOverHttp() {
        ApiClient control = new ApiClient(simulator.baseUrl(), "");
        Answer answer = control.post("/_sim/dunning", "final_action=past_due", "retry_days[0]=2");
        assertThat(answer.text("/final_action")).isEqualTo("past_due");
        assertThat(answer.body().path("retry_days")).hasSize(1);
        simulator.advance(Period.ofDays(10));
        assertThat(status()).isEqualTo("past_due");
        assertThat(latest().path("attempt_count").asLong()).isEqualTo(2);
        control.post("/_sim/dunning", "final_action=cancel", "retry_days=");
        assertThat(simulator.dunning().retryDays()).isEmpty();
        simulator.advance(Period.ofMonths(1));
        assertThat(status()).isEqualTo("canceled");
        assertThat(shop.subscription(subscription).text("/cancellation_details/reason"))
                .isEqualTo("payment_failed");
        assertThat(control.post("/_sim/dunning", "retry_days[0]=5", "retry_days[1]=2")
                        .text("/error/param"))
                .isEqualTo("retry_days");
        assertThat(control.send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/_sim/dunning")))
                        .text("/final_action"))
                .isEqualTo("cancel");
        assertThatThrownBy(() -> DunningPolicy.DEFAULT.retryingAfterDays(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
