package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Refund;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Captures and refunds")
class RefundTest extends ApiTest {

    RefundTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("A3 a refund in part lowers what can be refunded, one of the rest makes the charge refunded")
    void partAndRest() {
        Answer paid = pay(1000, "pm_card_visa");
        String charge = paid.text("/latest_charge");
        Answer part = api.post("/v1/refunds", "charge=" + charge, "amount=300", "reason=duplicate", "metadata[case]=7");
        assertThat(part.text("/status")).isEqualTo("succeeded");
        assertThat(part.number("/amount")).isEqualTo(300);
        assertThat(part.text("/payment_intent")).isEqualTo(paid.id());
        assertThat(part.text("/metadata/case")).isEqualTo("7");
        Answer after = api.get("/v1/charges/" + charge, "expand[]=refunds");
        assertThat(after.number("/amount_refunded")).isEqualTo(300);
        assertThat(after.body().path("refunded").asBoolean()).isFalse();
        assertThat(after.text("/refunds/data/0/id")).isEqualTo(part.id());
        Answer rest = api.post("/v1/refunds", "payment_intent=" + paid.id());
        assertThat(rest.number("/amount")).isEqualTo(700);
        assertThat(api.get("/v1/charges/" + charge).body().path("refunded").asBoolean())
                .isTrue();
        assertThat(api.get("/v1/refunds", "payment_intent=" + paid.id()).body().path("data"))
                .hasSize(2);
        assertThat(refundEvents())
                .containsExactly("refund.created", "charge.refunded", "refund.created", "charge.refunded");
    }

    @Test
    @DisplayName("the event of a refunded charge tells what it was before")
    void previousAttributes() {
        String charge = pay(1000, "pm_card_visa").text("/latest_charge");
        api.post("/v1/refunds", "charge=" + charge);
        JsonNode event = event("charge.refunded");
        assertThat(event.at("/data/previous_attributes").toString())
                .isEqualTo("{\"amount_refunded\":0,\"refunded\":false}");
        assertThat(event.at("/data/object/amount_refunded").asLong()).isEqualTo(1000);
    }

    @Test
    @DisplayName("what was refunded, is too much, was never taken or does not exist is refused")
    void refusals() {
        String charge = pay(1000, "pm_card_visa").text("/latest_charge");
        Answer tooMuch = api.post("/v1/refunds", "charge=" + charge, "amount=1001");
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.text("/error/param")).isEqualTo("amount");
        assertThat(tooMuch.text("/error/message"))
                .isEqualTo("Refund amount ($10.01) is greater than unrefunded amount on charge ($10.00)");
        assertThat(api.post("/v1/refunds", "charge=" + charge, "amount=0").text("/error/code"))
                .isEqualTo("parameter_invalid_integer");
        api.post("/v1/refunds", "charge=" + charge);
        assertThat(api.post("/v1/refunds", "charge=" + charge).text("/error/code"))
                .isEqualTo("charge_already_refunded");
        assertThat(api.post("/v1/refunds").text("/error/code")).isEqualTo("parameter_missing");
        assertThat(api.post("/v1/refunds", "charge=ch_none").text("/error/code"))
                .isEqualTo("resource_missing");
        String unpaid =
                api.post("/v1/payment_intents", "amount=500", "currency=usd").id();
        assertThat(api.post("/v1/refunds", "payment_intent=" + unpaid).text("/error/param"))
                .isEqualTo("payment_intent");
        Answer held = pay(500, "pm_card_visa", "capture_method=manual");
        assertThat(api.post("/v1/refunds", "payment_intent=" + held.id()).text("/error/code"))
                .isEqualTo("charge_not_refundable");
        assertThat(api.post("/v1/refunds", "charge=" + charge, "reason=because").status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("a card can let a refund fail later: the charge is as if it had not been refunded")
    void failing() {
        String charge = pay(1000, "pm_card_refundFail").text("/latest_charge");
        Answer refund = api.post("/v1/refunds", "charge=" + charge);
        assertThat(refund.text("/status")).isEqualTo("succeeded");
        simulator.advance(Duration.ofHours(1));
        Answer failed = api.get("/v1/refunds/" + refund.id(), "expand[]=failure_balance_transaction");
        assertThat(failed.text("/status")).isEqualTo("failed");
        assertThat(failed.text("/failure_reason")).isEqualTo("expired_or_canceled_card");
        assertThat(failed.number("/failure_balance_transaction/amount")).isEqualTo(1000);
        assertThat(failed.text("/failure_balance_transaction/type")).isEqualTo("refund_failure");
        assertThat(api.get("/v1/charges/" + charge).number("/amount_refunded")).isZero();
        assertThat(refundEvents())
                .containsExactly(
                        "refund.created",
                        "charge.refunded",
                        "refund.updated",
                        "charge.refund.updated",
                        "refund.failed");
        assertThat(balance("pending")).isEqualTo(1000);
    }

    @Test
    @DisplayName("a card can let a refund be pending at first")
    void pending() {
        String charge = pay(1000, "pm_card_pendingRefund").text("/latest_charge");
        Answer refund = api.post("/v1/refunds", "charge=" + charge);
        assertThat(refund.text("/status")).isEqualTo("pending");
        assertThat(refund.text("/pending_reason")).isEqualTo("processing");
        simulator.advance(Duration.ofHours(1));
        assertThat(api.get("/v1/refunds/" + refund.id()).text("/status")).isEqualTo("succeeded");
        assertThat(event("refund.updated")
                        .at("/data/previous_attributes/status")
                        .asText())
                .isEqualTo("pending");
    }

    @Test
    @DisplayName("metadata of a refund can be changed; canceling is for refunds that wait for the customer only")
    void updateAndCancel() {
        Answer refund = api.post(
                "/v1/refunds", "payment_intent=" + pay(1000, "pm_card_visa").id());
        assertThat(api.post("/v1/refunds/" + refund.id(), "metadata[a]=b").text("/metadata/a"))
                .isEqualTo("b");
        assertThat(api.eventTypes()).endsWith("refund.updated");
        assertThat(api.post("/v1/refunds/" + refund.id() + "/cancel").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("a held payment is captured in part: the rest goes back and never was in the balance")
    void captureInPart() {
        Answer held = pay(1000, "pm_card_visa", "capture_method=manual", "expand[]=latest_charge");
        assertThat(held.text("/status")).isEqualTo("requires_capture");
        assertThat(held.number("/amount_capturable")).isEqualTo(1000);
        assertThat(held.body().at("/latest_charge/captured").asBoolean()).isFalse();
        assertThat(held.body().at("/latest_charge/balance_transaction").isNull())
                .isTrue();
        assertThat(api.post("/v1/payment_intents/" + held.id() + "/capture", "amount_to_capture=1001")
                        .text("/error/code"))
                .isEqualTo("amount_too_large");
        Answer taken = api.post(
                "/v1/payment_intents/" + held.id() + "/capture", "amount_to_capture=600", "expand[]=latest_charge");
        assertThat(taken.text("/status")).isEqualTo("succeeded");
        assertThat(taken.number("/amount_received")).isEqualTo(600);
        assertThat(taken.number("/amount_capturable")).isZero();
        assertThat(taken.number("/latest_charge/amount_captured")).isEqualTo(600);
        assertThat(taken.number("/latest_charge/amount_refunded")).isEqualTo(400);
        assertThat(balance("pending")).isEqualTo(600);
        assertThat(api.post("/v1/payment_intents/" + held.id() + "/capture").text("/error/code"))
                .isEqualTo("payment_intent_unexpected_state");
        assertThat(api.eventTypes())
                .containsExactly(
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.amount_capturable_updated",
                        "charge.captured",
                        "refund.created",
                        "charge.refunded",
                        "payment_intent.succeeded");
    }

    @Test
    @DisplayName("a held payment that is canceled, or that nobody captures for a week, is released")
    void release() {
        Answer canceled = pay(1000, "pm_card_visa", "capture_method=manual");
        Answer after = api.post(
                "/v1/payment_intents/" + canceled.id() + "/cancel",
                "cancellation_reason=abandoned",
                "expand[]=latest_charge");
        assertThat(after.text("/status")).isEqualTo("canceled");
        assertThat(after.body().at("/latest_charge/refunded").asBoolean()).isTrue();
        Answer forgotten = pay(1000, "pm_card_visa", "capture_method=manual");
        simulator.advance(Duration.ofDays(7));
        assertThat(api.get("/v1/payment_intents/" + forgotten.id()).text("/cancellation_reason"))
                .isEqualTo("automatic");
        assertThat(api.get("/v1/refunds", "payment_intent=" + forgotten.id()).text("/data/0/reason"))
                .isEqualTo("expired_uncaptured_charge");
        assertThat(api.eventTypes()).endsWith("payment_intent.canceled", "charge.expired");
        assertThat(balance("pending")).isZero();
    }

    @Test
    @DisplayName("a held payment can be captured by its charge, too")
    void captureCharge() {
        String charge = pay(1000, "pm_card_visa", "capture_method=manual").text("/latest_charge");
        Answer captured = api.post("/v1/charges/" + charge + "/capture", "amount=900");
        assertThat(captured.number("/amount_captured")).isEqualTo(900);
        assertThat(api.get("/v1/payment_intents/" + captured.text("/payment_intent"))
                        .text("/status"))
                .isEqualTo("succeeded");
    }

    @Test
    @DisplayName("an intent that is over can be neither changed, confirmed nor canceled")
    void overIsOver() {
        String paid = pay(1000, "pm_card_visa").id();
        for (String request : List.of("", "/confirm", "/cancel")) {
            assertThat(api.post("/v1/payment_intents/" + paid + request).text("/error/code"))
                    .isEqualTo("payment_intent_unexpected_state");
        }
        String set = api.post("/v1/setup_intents", "confirm=true", "payment_method=pm_card_visa")
                .id();
        for (String request : List.of("", "/confirm", "/cancel")) {
            assertThat(api.post("/v1/setup_intents/" + set + request).text("/error/code"))
                    .isEqualTo("setup_intent_unexpected_state");
        }
    }

    @Test
    @DisplayName("an intent asks for at least one and at most eight digits of minor units")
    void amounts() {
        assertThat(pay(0, "pm_card_visa").text("/error/code")).isEqualTo("parameter_invalid_integer");
        assertThat(pay(100_000_000, "pm_card_visa").text("/error/code")).isEqualTo("amount_too_large");
        assertThat(pay(99_999_999, "pm_card_visa").text("/status")).isEqualTo("succeeded");
    }

    @Test
    @DisplayName("money is pending for two days, then available; a refund follows its charge")
    void availability() {
        String charge = pay(1000, "pm_card_visa").text("/latest_charge");
        api.post("/v1/refunds", "charge=" + charge, "amount=250");
        assertThat(balance("pending")).isEqualTo(750);
        assertThat(api.get("/v1/balance_transactions", "type=refund").text("/data/0/status"))
                .isEqualTo("pending");
        pay(70, "pm_card_bypassPending");
        assertThat(balance("available")).isEqualTo(70);
        simulator.advance(Duration.ofDays(2));
        assertThat(balance("available")).isEqualTo(820);
        assertThat(balance("pending")).isZero();
        Answer entries = api.get("/v1/balance_transactions", "source=" + charge);
        assertThat(entries.body().path("data")).hasSize(1);
        assertThat(entries.text("/data/0/status")).isEqualTo("available");
        assertThat(api.get("/v1/balance_transactions", "payout=po_1").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("Stripe's own client captures, refunds and lists")
    void client() throws StripeException {
        StripeClient stripe = StripeClients.of(simulator);
        var intent = stripe.v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(900L)
                        .setCurrency("eur")
                        .setConfirm(true)
                        .setPaymentMethod("pm_card_visa")
                        .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL)
                        .build());
        stripe.v1()
                .paymentIntents()
                .capture(
                        intent.getId(),
                        PaymentIntentCaptureParams.builder()
                                .setAmountToCapture(800L)
                                .build());
        Refund refund = stripe.v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(intent.getId())
                        .setAmount(500L)
                        .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                        .build());
        assertThat(refund.getBalanceTransaction()).startsWith("txn_");
        Charge charge = stripe.v1()
                .charges()
                .retrieve(
                        refund.getCharge(),
                        ChargeRetrieveParams.builder().addExpand("refunds").build());
        assertThat(charge.getAmountRefunded()).isEqualTo(600);
        assertThat(charge.getRefunds().getData()).hasSize(2);
        assertThat(stripe.v1()
                        .refunds()
                        .list(RefundListParams.builder()
                                .setCharge(charge.getId())
                                .build())
                        .getData())
                .hasSize(2);
        assertThatThrownBy(() -> stripe.v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setCharge(charge.getId())
                                .setAmount(301L)
                                .build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("greater than unrefunded amount");
    }

    private Answer pay(long amount, String card, String... more) {
        List<String> params =
                new ArrayList<>(List.of("amount=" + amount, "currency=usd", "confirm=true", "payment_method=" + card));
        params.addAll(List.of(more));
        return api.post("/v1/payment_intents", params.toArray(String[]::new));
    }

    private List<String> refundEvents() {
        return api.eventTypes().stream().filter(type -> type.contains("refund")).toList();
    }

    private JsonNode event(String type) {
        return api.events(type).stream().findFirst().orElseThrow();
    }

    private long balance(String kind) {
        return api.get("/v1/balance").number("/" + kind + "/0/amount");
    }
}
