package dev.billhook.simulator.page;

import static dev.billhook.simulator.page.Stage.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.page.Browser.Page;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Hosted invoice")
final class HostedInvoiceTest extends StageTest {
    @Test
    @DisplayName("C14 shows number, lines, totals and that it is paid")
    void showsPaidInvoice() {
        String customer = stage.customer();
        stage.subscribed(customer);
        Answer invoice = stage.api.get("/v1/invoices", "customer=" + customer);

        Page page = browser.open(invoice.text("/data/0/hosted_invoice_url"));

        assertThat(page.text())
                .contains("Invoice " + invoice.text("/data/0/number"))
                .contains("Jo Doe, jo@example.com")
                .contains("Pro ($12.00 per month)")
                .contains("31 January 2027 – 28 February 2027")
                .contains("Total $12.00")
                .contains("Paid");
        assertThat(page.text()).doesNotContain("Card number");
    }

    @Test
    @DisplayName("an open invoice is paid on its page, also after a refused card, and the subscription recovers")
    void paysOpenInvoice() {
        Page page = failedRenewal();
        assertThat(page.text()).contains("Payment failed").contains("Amount due $12.00");

        Page refused = page.card("4000 0000 0000 0002").press("Pay $12.00");
        assertThat(refused.html().select("[role=alert]").text()).contains("declined");

        Page paid = refused.card(VISA).press("Pay $12.00");
        assertThat(paid.text()).contains("Paid").doesNotContain("Card number");
        assertThat(stage.api.get("/v1/subscriptions").text("/data/0/status")).isEqualTo("active");
    }

    @Test
    @DisplayName("an open invoice paid with 3-D Secure is paid once the cardholder has authenticated")
    void paysWithAuthentication() {
        Page challenge = failedRenewal().card("4000 0027 6000 3184").press("Pay $12.00");
        assertThat(challenge.url()).contains("/3ds/pi_");
        assertThat(challenge.text()).contains("$12.00").contains("Visa •••• 3184");

        Page paid = challenge.press("Complete authentication");
        assertThat(paid.url()).contains("/invoice/in_");
        assertThat(paid.text()).contains("Paid").doesNotContain("Card number");
        assertThat(browser.open(challenge.url()).text()).contains("does not wait for authentication");
    }

    @Test
    @DisplayName("a charge has a receipt")
    void showsReceipt() {
        stage.subscribed(stage.customer());
        Page receipt = browser.open(stage.api.get("/v1/charges").text("/data/0/receipt_url"));
        assertThat(receipt.text()).contains("$12.00 paid with Visa •••• 4242 on 31 January 2027");
        assertThat(browser.open("/receipt/ch_nothing").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("an unknown invoice is not found")
    void isUnknown() {
        assertThat(browser.open("/invoice/in_nothing").status()).isEqualTo(404);
        assertThat(browser.open("/3ds/pi_nothing").status()).isEqualTo(404);
    }

    private Page failedRenewal() {
        String customer = stage.customer();
        String subscription = stage.subscribed(customer);
        String failing = stage.api
                .post("/v1/payment_methods/pm_card_chargeCustomerFail/attach", "customer=" + customer)
                .id();
        stage.api.post("/v1/subscriptions/" + subscription, "default_payment_method=" + failing);
        stage.simulator.advance(Period.ofMonths(1));
        stage.simulator.advance(Duration.ofHours(2));
        assertThat(stage.status(subscription)).isEqualTo("past_due");
        return browser.open(stage.api.get("/v1/invoices").text("/data/0/hosted_invoice_url"));
    }
}
