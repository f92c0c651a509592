package dev.billhook.simulator.page;

import static dev.billhook.simulator.page.Stage.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.page.Browser.Page;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
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
    @DisplayName("an open invoice is paid with a saved card of its customer, and of nobody else")
    void paysWithSavedCard() {
        Page page = failedRenewal();
        String foreign = stage.api
                .post("/v1/payment_methods/pm_card_visa/attach", "customer=" + stage.customer())
                .id();
        assertThat(browser.post(page.url(), Map.of("saved", foreign)).text()).contains("No such payment method");

        Page declined = page.press("Pay $12.00 with this card");
        assertThat(declined.html().select("[role=alert]").text()).contains("declined");

        String visa = page.html().select("label.choice:contains(4242) input").val();
        Page paid = page.choose("saved", visa).press("Pay $12.00 with this card");
        assertThat(paid.text()).contains("This invoice is paid");
        assertThat(paid.click("View receipt").text()).contains("Amount paid $12.00");
    }

    @Test
    @DisplayName("discounts and taxes are named, credit notes and what was paid before are taken off what remains")
    void addsUp() {
        String rate = stage.api
                .post("/v1/tax_rates", "display_name=VAT", "percentage=19", "inclusive=false")
                .id();
        String coupon = stage.api
                .post("/v1/coupons", "percent_off=50", "duration=once", "name=Welcome")
                .id();
        String customer = stage.customer();
        stage.api.post("/v1/invoiceitems", "customer=" + customer, "amount=2000", "currency=usd");
        String id = stage.sentInvoice(customer, "default_tax_rates[0]=" + rate, "discounts[0][coupon]=" + coupon);
        stage.api.post("/v1/credit_notes", "invoice=" + id, "amount=190");

        Page page = browser.open("/invoice/" + id);

        assertThat(page.text())
                .contains("Discount: Welcome −$10.00")
                .contains("VAT 19% $1.90")
                .contains("Total $11.90")
                .contains("Credit notes −$1.90")
                .contains("Amount due $10.00");
        assertThat(page.html().select("a[href^=/credit_note/]")).hasSize(1);
    }

    @Test
    @DisplayName("a void invoice cannot be paid, an uncollectible one can")
    void tellsEnd() {
        String customer = stage.customer();
        stage.api.post("/v1/invoiceitems", "customer=" + customer, "amount=700", "currency=usd");
        String voided = stage.sentInvoice(customer);
        stage.api.post("/v1/invoices/" + voided + "/void");
        assertThat(browser.open("/invoice/" + voided).text())
                .contains("This invoice is void")
                .doesNotContain("Card number");

        stage.api.post("/v1/invoiceitems", "customer=" + customer, "amount=700", "currency=usd");
        String given = stage.sentInvoice(customer);
        stage.api.post("/v1/invoices/" + given + "/mark_uncollectible");
        Page page = browser.open("/invoice/" + given);
        assertThat(page.text()).contains("can still be paid");
        assertThat(page.card(VISA).press("Pay $7.00").text()).contains("This invoice is paid");
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
