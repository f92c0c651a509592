package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.engine.checkout.Particulars;
import dev.billhook.simulator.engine.checkout.completion.CheckoutResult;
import dev.billhook.simulator.engine.checkout.completion.PaymentDetails;
import dev.billhook.simulator.engine.debit.BankInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Checkout sessions paid from a bank account")
class BankDebitTest extends OwnSimulatorTest {
    private static final String PAYS = "000123456789";

    @Test
    @DisplayName("the session is complete and unpaid while the bank is asked, and paid when it answers")
    void paid() {
        Answer session = session();
        int before = api.events().size();

        assertThat(pay(session, PAYS)).isEqualTo(new CheckoutResult.Completed("https://shop.example/back"));

        Answer waiting = read(session);
        assertThat(waiting.text("/status")).isEqualTo("complete");
        assertThat(waiting.text("/payment_status")).isEqualTo("unpaid");
        assertThat(waiting.text("/payment_intent/status")).isEqualTo("processing");
        assertThat(waiting.text("/payment_intent/latest_charge/status")).isEqualTo("pending");
        assertThat(waiting.text("/payment_intent/latest_charge/payment_method_details/us_bank_account/last4"))
                .isEqualTo("6789");
        assertThat(typesSince(before))
                .containsSubsequence("charge.pending", "payment_intent.processing", "checkout.session.completed")
                .doesNotContain("charge.succeeded");
        String intent = waiting.text("/payment_intent/id");
        assertThat(api.post("/v1/refunds", "payment_intent=" + intent).text("/error/code"))
                .isEqualTo("charge_not_refundable");
        assertThat(api.post("/v1/payment_intents/" + intent + "/cancel").text("/error/code"))
                .isEqualTo("payment_intent_unexpected_state");

        int answered = api.events().size();
        simulator.advance(Duration.ofDays(4));

        Answer done = read(session);
        assertThat(done.text("/payment_status")).isEqualTo("paid");
        assertThat(done.text("/payment_intent/status")).isEqualTo("succeeded");
        assertThat(done.number("/payment_intent/latest_charge/amount_captured")).isEqualTo(500);
        assertThat(typesSince(answered))
                .containsSubsequence(
                        "charge.succeeded", "payment_intent.succeeded", "checkout.session.async_payment_succeeded");
        assertThat(api.post("/v1/refunds", "payment_intent=" + intent).text("/status"))
                .isEqualTo("succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"000111111113", "000111111116", "000222222227", "000333333335"})
    @DisplayName(
            "a bank that does not pay leaves the session complete and unpaid, and the payment wants another method")
    void failed(String account) {
        Answer session = session();
        pay(session, account);
        int before = api.events().size();

        simulator.advance(Duration.ofDays(4));

        Answer done = read(session);
        assertThat(done.text("/status")).isEqualTo("complete");
        assertThat(done.text("/payment_status")).isEqualTo("unpaid");
        assertThat(done.text("/payment_intent/status")).isEqualTo("requires_payment_method");
        assertThat(done.text("/payment_intent/last_payment_error/code"))
                .isEqualTo(done.text("/payment_intent/latest_charge/failure_code"))
                .isNotEmpty();
        assertThat(typesSince(before))
                .containsSubsequence(
                        "charge.failed", "payment_intent.payment_failed", "checkout.session.async_payment_failed");
    }

    @Test
    @DisplayName(
            "an account the simulator does not know, or a session that takes cards only, is refused and stays open")
    void refused() {
        Answer session = session();
        assertThat(pay(session, "000123456780")).isInstanceOf(CheckoutResult.Declined.class);
        assertThat(read(session).text("/status")).isEqualTo("open");
        Answer cards = session("payment_method_types[0]=card");
        assertThat(pay(cards, PAYS)).isInstanceOf(CheckoutResult.Declined.class);
        assertThat(read(cards).text("/status")).isEqualTo("open");
    }

    private List<String> typesSince(int before) {
        return api.eventTypes().subList(before, api.events().size());
    }

    private Answer session(String... more) {
        String[] params = java.util.Arrays.copyOf(more, more.length + 4);
        params[more.length] = "mode=payment";
        params[more.length + 1] = "success_url=https://shop.example/back";
        params[more.length + 2] = "line_items[0][price]=" + shop.oneTime(500);
        params[more.length + 3] = "line_items[0][quantity]=1";
        return api.post("/v1/checkout/sessions", params);
    }

    private Answer read(Answer session) {
        return api.get("/v1/checkout/sessions/" + session.id(), "expand[]=payment_intent.latest_charge");
    }

    private CheckoutResult pay(Answer session, String account) {
        PaymentDetails details = new PaymentDetails(
                "jane@example.com", null, Map.of(), Particulars.NONE, new BankInput("110000000", account));
        return simulator.assembly().context().checkout().complete(session.id(), details);
    }
}
