package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Dispute;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeUpdateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import dev.billhook.simulator.kernel.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Disputes")
class DisputeTest extends ApiTest {
    private static final String EVENTS = "charge.dispute.";

    DisputeTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("C23 a disputing card pays, is disputed, and the money goes with a fee")
    void byCard() {
        String charge = pay("pm_card_createDispute");
        Answer disputes = api.get("/v1/disputes", "charge=" + charge);
        assertThat(disputes.text("/data/0/status")).isEqualTo("needs_response");
        assertThat(disputes.text("/data/0/reason")).isEqualTo("fraudulent");
        assertThat(disputes.text("/data/0/payment_method_details/card/network_reason_code"))
                .isEqualTo("10.4");
        assertThat(disputes.number("/data/0/balance_transactions/0/amount")).isEqualTo(-1000);
        assertThat(disputes.number("/data/0/balance_transactions/0/fee")).isEqualTo(1500);
        assertThat(api.get("/v1/charges/" + charge).body().path("disputed").asBoolean())
                .isTrue();
        assertThat(events()).containsExactly("created", "funds_withdrawn");
        assertThat(api.get("/v1/balance").number("/pending/0/amount")).isEqualTo(-1500);
        assertThat(api.post("/v1/refunds", "charge=" + charge).text("/error/code"))
                .isEqualTo("charge_disputed");
    }

    @ParameterizedTest
    @CsvSource({
        "winning_evidence, won, 'created funds_withdrawn updated funds_reinstated closed', 1000",
        "losing_evidence, lost, 'created funds_withdrawn updated closed', -1500",
        "We sent it., under_review, 'created funds_withdrawn updated', -1500",
    })
    @DisplayName("evidence decides as its text says")
    void evidence(String text, String status, String told, long balance) {
        String dispute = simulator.dispute(pay("pm_card_visa"));
        Answer answer = api.post("/v1/disputes/" + dispute, "evidence[uncategorized_text]=" + text);
        assertThat(answer.text("/status")).isEqualTo("under_review");
        assertThat(answer.number("/evidence_details/submission_count")).isEqualTo(1);
        assertThat(api.get("/v1/disputes/" + dispute).text("/status")).isEqualTo(status);
        assertThat(events()).containsExactly(told.split(" "));
        assertThat(api.get("/v1/balance").number("/pending/0/amount")).isEqualTo(balance);
    }

    @Test
    @DisplayName("evidence can be kept at first and submitted later")
    void staged() {
        String dispute = simulator.dispute(pay("pm_card_visa"));
        Answer kept =
                api.post("/v1/disputes/" + dispute, "evidence[customer_name]=Jane", "submit=false", "metadata[case]=1");
        assertThat(kept.text("/status")).isEqualTo("needs_response");
        assertThat(kept.text("/evidence/customer_name")).isEqualTo("Jane");
        assertThat(kept.body().at("/evidence_details/has_evidence").asBoolean()).isTrue();
        assertThat(api.post("/v1/disputes/" + dispute, "submit=true").text("/status"))
                .isEqualTo("under_review");
        assertThat(api.post("/v1/disputes/" + dispute, "evidence[customer_name]=Joe")
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/v1/disputes/" + dispute + "/close").status()).isEqualTo(400);
        assertThat(api.post("/v1/disputes/" + dispute, "metadata[case]=2").text("/metadata/case"))
                .isEqualTo("2");
    }

    @Test
    @DisplayName("an inquiry takes no money, can be refunded, and ends with the refund")
    void inquiry() {
        String charge = pay("pm_card_createDisputeInquiry");
        Answer dispute = api.get("/v1/disputes", "charge=" + charge);
        assertThat(dispute.text("/data/0/status")).isEqualTo("warning_needs_response");
        assertThat(dispute.body().at("/data/0/is_charge_refundable").asBoolean())
                .isTrue();
        assertThat(dispute.body().at("/data/0/balance_transactions")).isEmpty();
        assertThat(api.post("/v1/refunds", "charge=" + charge).status()).isEqualTo(200);
        assertThat(api.get("/v1/disputes", "charge=" + charge).text("/data/0/status"))
                .isEqualTo("warning_closed");
        assertThat(events()).containsExactly("created", "closed");
    }

    @Test
    @DisplayName("an inquiry can become a chargeback")
    void escalation() {
        String charge = pay("pm_card_createDisputeInquiry");
        String dispute = api.get("/v1/disputes", "charge=" + charge).text("/data/0/id");
        api.post("/v1/disputes/" + dispute, "evidence[uncategorized_text]=escalate_inquiry_evidence");
        Answer escalated = api.get("/v1/disputes/" + dispute);
        assertThat(escalated.text("/status")).isEqualTo("needs_response");
        assertThat(escalated.text("/payment_method_details/card/case_type")).isEqualTo("chargeback");
        assertThat(events()).containsExactly("created", "updated", "updated", "funds_withdrawn");
    }

    @Test
    @DisplayName("who accepts a dispute, or lets the deadline pass, loses it")
    void lost() {
        String accepted = simulator.dispute(pay("pm_card_visa"));
        assertThat(api.post("/v1/disputes/" + accepted + "/close").text("/status"))
                .isEqualTo("lost");
        Answer forgotten = api.get("/v1/disputes/" + simulator.dispute(pay("pm_card_visa")));
        Instant due = Instant.ofEpochSecond(forgotten.number("/evidence_details/due_by"));
        assertThat(due).isAfter(simulator.now().plus(Duration.ofDays(7)));
        simulator.advanceTo(due.minusSeconds(1));
        assertThat(status(forgotten.id())).isEqualTo("needs_response");
        simulator.advanceTo(due);
        assertThat(status(forgotten.id())).isEqualTo("lost");
        assertThat(events()).endsWith("closed");
    }

    @Test
    @DisplayName("D10 disputes are raised and decided over HTTP and in Java")
    void onDemand() {
        String intent = api.post(
                        "/v1/payment_intents",
                        "amount=1000",
                        "currency=usd",
                        "confirm=true",
                        "payment_method=pm_card_visa")
                .id();
        Answer raised =
                api.post("/_sim/disputes", "payment_intent=" + intent, "reason=product_not_received", "amount=400");
        assertThat(raised.number("/amount")).isEqualTo(400);
        assertThat(api.post("/_sim/disputes/" + raised.id(), "status=won").text("/status"))
                .isEqualTo("won");
        assertThat(api.post("/_sim/disputes/" + raised.id(), "status=lost").status())
                .isEqualTo(400);
        String second = simulator.dispute(intent, "duplicate", 100);
        simulator.decideDispute(second, false);
        assertThat(status(second)).isEqualTo("lost");
        assertThat(api.post("/_sim/disputes", "payment_intent=" + intent, "amount=5000")
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/_sim/disputes", "charge=ch_none").status()).isEqualTo(400);
        assertThatThrownBy(() -> simulator.dispute("pi_none")).isInstanceOf(ApiError.class);
    }

    @Test
    @DisplayName("Stripe's own client answers a dispute")
    void client() throws StripeException {
        String charge = pay("pm_card_createDisputeProductNotReceived");
        StripeClient stripe = StripeClients.of(simulator);
        Dispute dispute = stripe.v1()
                .disputes()
                .list(DisputeListParams.builder().setCharge(charge).build())
                .getData()
                .get(0);
        assertThat(dispute.getReason()).isEqualTo("product_not_received");
        stripe.v1()
                .disputes()
                .update(
                        dispute.getId(),
                        DisputeUpdateParams.builder()
                                .setEvidence(DisputeUpdateParams.Evidence.builder()
                                        .setUncategorizedText("winning_evidence")
                                        .build())
                                .build());
        Dispute won = stripe.v1().disputes().retrieve(dispute.getId());
        assertThat(won.getStatus()).isEqualTo("won");
        assertThat(won.getBalanceTransactions()).hasSize(2);
        assertThat(won.getBalanceTransactions().get(1).getNet()).isEqualTo(2500);
    }

    private String pay(String card) {
        return api.post("/v1/payment_intents", "amount=1000", "currency=usd", "confirm=true", "payment_method=" + card)
                .text("/latest_charge");
    }

    private String status(String dispute) {
        return api.get("/v1/disputes/" + dispute).text("/status");
    }

    private List<String> events() {
        return api.eventTypes().stream()
                .filter(type -> type.startsWith(EVENTS))
                .map(type -> type.substring(EVENTS.length()))
                .toList();
    }
}
