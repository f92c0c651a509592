package dev.billhook.simulator.page;

import static dev.billhook.simulator.page.Stage.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.StripeClients;
import dev.billhook.simulator.page.Browser.Page;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a Checkout session asks, says and taxes")
final class CheckoutTermsTest extends StageTest {
    private static final String PATH = "/v1/checkout/sessions/";

    @Test
    @DisplayName("D10 custom fields are asked for, checked, and told with the session")
    void customFields() {
        String id = stage.subscriptionSession(
                "custom_fields[0][key]=engraving",
                "custom_fields[0][label][type]=custom",
                "custom_fields[0][label][custom]=Engraving",
                "custom_fields[0][type]=text",
                "custom_fields[0][text][maximum_length]=5",
                "custom_fields[1][key]=size",
                "custom_fields[1][label][type]=custom",
                "custom_fields[1][label][custom]=Size",
                "custom_fields[1][type]=dropdown",
                "custom_fields[1][dropdown][options][0][label]=Small",
                "custom_fields[1][dropdown][options][0][value]=s",
                "custom_fields[2][key]=number",
                "custom_fields[2][label][type]=custom",
                "custom_fields[2][label][custom]=Staff number",
                "custom_fields[2][type]=numeric",
                "custom_fields[2][optional]=true",
                "custom_text[submit][message]=We deliver on Fridays.");
        Page wrong = pay(id).fill("Engraving", "too long")
                .fill("Staff number (optional)", "x")
                .press("Subscribe");
        assertThat(wrong.text()).contains("We deliver on Fridays.");
        assertThat(wrong.errorOf("Engraving")).isEqualTo("Enter up to 5 characters.");
        assertThat(wrong.errorOf("Size")).isEqualTo("Choose one.");
        assertThat(wrong.errorOf("Staff number (optional)")).isEqualTo("Enter digits only.");
        Page paid = wrong.fill("Engraving", "Ada")
                .fill("Size", "s")
                .fill("Staff number (optional)", "")
                .card(VISA)
                .press("Subscribe");
        assertThat(paid.url()).startsWith("http://shop.example/ok");
        Answer session = stage.api.get(PATH + id);
        assertThat(session.text("/custom_fields/0/text/value")).isEqualTo("Ada");
        assertThat(session.text("/custom_fields/1/dropdown/value")).isEqualTo("s");
        assertThat(session.body().at("/custom_fields/2/numeric/value").isNull()).isTrue();
    }

    @Test
    @DisplayName("D10 required terms of service must be ticked; promotions may be")
    void consent() {
        String id = stage.subscriptionSession(
                "consent_collection[terms_of_service]=required",
                "consent_collection[promotions]=auto",
                "custom_text[terms_of_service_acceptance][message]=I accept our terms");
        Page refused = pay(id).press("Subscribe");
        assertThat(refused.errorOf("I accept our terms")).isEqualTo("Accept the terms of service to go on.");
        assertThat(stage.api.get(PATH + id).text("/status")).isEqualTo("open");
        refused.card(VISA).choose("terms", "yes").press("Subscribe");
        Answer session = stage.api.get(PATH + id);
        assertThat(session.text("/consent/terms_of_service")).isEqualTo("accepted");
        assertThat(session.text("/consent/promotions")).isEqualTo("opt_out");
    }

    @Test
    @DisplayName("D10 phone, billing address, names and tax id are asked for and kept with the customer")
    void particulars() {
        String id = stage.subscriptionSession(
                "phone_number_collection[enabled]=true",
                "billing_address_collection=required",
                "name_collection[business][enabled]=true",
                "tax_id_collection[enabled]=true");
        Page empty = pay(id).press("Subscribe");
        for (String field : List.of("Phone", "Country", "Address", "City", "Business name")) {
            assertThat(empty.errorOf(field)).as(field).isNotEmpty();
        }
        Page paid = empty.card(VISA)
                .fill("Phone", "+49 30 123456")
                .fill("Country", "DE")
                .fill("Address", "Unter den Linden 1")
                .fill("City", "Berlin")
                .fill("Postal code (optional)", "10117")
                .fill("Business name", "Jo GmbH")
                .fill("Kind of tax ID (optional)", "eu_vat")
                .fill("Tax ID (optional)", "DE123456789")
                .press("Subscribe");
        assertThat(paid.url()).startsWith("http://shop.example/ok");
        Answer session = stage.api.get(PATH + id, "expand[]=customer.tax_ids");
        assertThat(session.text("/customer_details/address/city")).isEqualTo("Berlin");
        assertThat(session.text("/customer_details/phone")).isEqualTo("+49 30 123456");
        assertThat(session.text("/customer_details/tax_ids/0/value")).isEqualTo("DE123456789");
        assertThat(session.text("/collected_information/business_name")).isEqualTo("Jo GmbH");
        assertThat(session.text("/customer/name")).isEqualTo("Jo GmbH");
        assertThat(session.text("/customer/address/country")).isEqualTo("DE");
        assertThat(session.text("/customer/tax_ids/data/0/type")).isEqualTo("eu_vat");
        assertThat(stage.api.get("/v1/invoices/" + session.text("/invoice")).text("/customer_tax_ids/0/value"))
                .isEqualTo("DE123456789");
    }

    @Test
    @DisplayName("D10 where a tax id is required, it is of those from countries that have tax ids")
    void requiredTaxId() {
        String id = stage.subscriptionSession(
                "billing_address_collection=required",
                "tax_id_collection[enabled]=true",
                "tax_id_collection[required]=if_supported");
        Page refused = pay(id).card(VISA)
                .fill("Country", "DE")
                .fill("Address", "Unter den Linden 1")
                .fill("City", "Berlin")
                .press("Subscribe");
        for (String field : List.of("Business name", "Kind of tax ID", "Tax ID")) {
            assertThat(refused.errorOf(field)).as(field).isNotEmpty();
        }
        assertThat(stage.api.get(PATH + id).text("/status")).isEqualTo("open");
        Page paid = refused.card(VISA).fill("Country", "AQ").press("Subscribe");
        assertThat(paid.url()).startsWith("http://shop.example/ok");
    }

    @Test
    @DisplayName("D10 a known customer is changed only where customer_update says so")
    void customerUpdate() {
        String customer = stage.customer();
        buyAs(customer);
        assertThat(stage.api
                        .get("/v1/customers/" + customer)
                        .body()
                        .path("address")
                        .isNull())
                .isTrue();
        buyAs(customer, "customer_update[address]=auto");
        Answer after = stage.api.get("/v1/customers/" + customer);
        assertThat(after.text("/address/city")).isEqualTo("Berlin");
        assertThat(after.text("/name")).isEqualTo("Jo Doe");
    }

    @Test
    @DisplayName("D10 tax rates of lines are shown, paid, and kept by the subscription")
    void rates() {
        String vat = rate("19", false);
        String id = stage.subscriptionSession("line_items[0][tax_rates][0]=" + vat);
        Answer open = stage.api.get(PATH + id);
        assertThat(open.number("/amount_subtotal")).isEqualTo(1200);
        assertThat(open.number("/total_details/amount_tax")).isEqualTo(228);
        assertThat(open.number("/amount_total")).isEqualTo(1428);
        assertThat(stage.api.get(PATH + id + "/line_items").number("/data/0/amount_tax"))
                .isEqualTo(228);
        Page page = browser.open("/pay/" + id);
        assertThat(page.text()).contains("Tax $2.28").contains("Total due today $14.28");
        pay(id).press("Subscribe");
        Answer paid = stage.api.get(PATH + id, "expand[]=invoice", "expand[]=subscription");
        assertThat(paid.number("/invoice/amount_paid")).isEqualTo(1428);
        assertThat(paid.text("/subscription/items/data/0/tax_rates/0/id")).isEqualTo(vat);
    }

    @Test
    @DisplayName("subscription_data's default rates tax all lines; rates within the price change no total")
    void defaultRates() {
        String id = stage.subscriptionSession("subscription_data[default_tax_rates][0]=" + rate("20", true));
        assertThat(stage.api.get(PATH + id).number("/amount_total")).isEqualTo(1200);
        assertThat(browser.open("/pay/" + id).text()).contains("Tax, included $2.00");
        pay(id).press("Subscribe");
        Answer paid = stage.api.get(PATH + id, "expand[]=invoice");
        assertThat(paid.number("/invoice/total_excluding_tax")).isEqualTo(1000);
    }

    @Test
    @DisplayName(
            "D10 automatic tax goes by the address somebody enters, shows before it is paid, and holds for renewals")
    void automatic() {
        stage.simulator.taxRate("US", "NY", new BigDecimal("8.875"));
        String id = stage.subscriptionSession("automatic_tax[enabled]=true");
        assertThat(stage.api.get(PATH + id).text("/automatic_tax/status")).isEqualTo("requires_location_inputs");
        Page page = browser.open("/pay/" + id);
        assertThat(page.text()).contains("Tax Depends on your address");
        Page vague = page.fill("Country", "US")
                .fill("E-mail", "jo@example.com")
                .card(VISA)
                .press("Subscribe");
        assertThat(vague.errorOf("Postal code (optional)")).startsWith("Tax in this country depends");
        Page known = vague.fill("State or province (optional)", "NY")
                .fill("Postal code (optional)", "10001")
                .press("Work out tax");
        assertThat(known.text()).contains("Tax $1.07").contains("Total due today $13.07");
        known.card(VISA).press("Subscribe");
        Answer paid = stage.api.get(PATH + id, "expand[]=invoice", "expand[]=subscription");
        assertThat(paid.text("/automatic_tax/status")).isEqualTo("complete");
        assertThat(paid.number("/amount_total")).isEqualTo(1307);
        assertThat(paid.number("/invoice/amount_paid")).isEqualTo(1307);
        assertThat(paid.body().at("/subscription/automatic_tax/enabled").asBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("automatic tax of a known customer needs its address, or leave to ask for it")
    void automaticForKnown() {
        String customer = stage.customer();
        Answer refused = create("customer=" + customer, "automatic_tax[enabled]=true");
        assertThat(refused.text("/error/code")).isEqualTo("customer_tax_location_invalid");
        assertThat(create("customer=" + customer, "automatic_tax[enabled]=true", "customer_update[address]=auto")
                        .status())
                .isEqualTo(200);
        stage.api.post("/v1/customers/" + customer, "address[country]=DE");
        Answer known = create("customer=" + customer, "automatic_tax[enabled]=true");
        assertThat(known.text("/automatic_tax/status")).isEqualTo("complete");
    }

    @Test
    @DisplayName("D10 a one-time payment makes a paid invoice where the session asks for it, discount and tax included")
    void invoiceCreation() {
        String coupon = stage.api.post("/v1/coupons", "percent_off=10").id();
        String id = stage.session(
                "mode=payment",
                "line_items[0][price]=" + stage.oneTime("1000", "usd"),
                "line_items[0][quantity]=2",
                "line_items[0][tax_rates][0]=" + rate("10", false),
                "discounts[0][coupon]=" + coupon,
                "payment_intent_data[metadata][order]=7",
                "invoice_creation[enabled]=true",
                "invoice_creation[invoice_data][footer]=Thank you",
                "invoice_creation[invoice_data][metadata][order]=7");
        assertThat(stage.api.get(PATH + id).number("/amount_total")).isEqualTo(1980);
        pay(id).press("Pay");
        Answer paid = stage.api.get(PATH + id, "expand[]=invoice", "expand[]=payment_intent");
        assertThat(paid.text("/invoice/status")).isEqualTo("paid");
        assertThat(paid.number("/invoice/amount_paid")).isEqualTo(1980);
        assertThat(paid.text("/invoice/footer")).isEqualTo("Thank you");
        assertThat(paid.text("/invoice/metadata/order")).isEqualTo("7");
        assertThat(paid.number("/payment_intent/amount")).isEqualTo(1980);
        assertThat(paid.text("/payment_intent/metadata/order")).isEqualTo("7");
        assertThat(paid.text("/customer")).startsWith("cus_");
        assertThat(stage.api.eventTypes()).contains("invoice.paid");
        assertThat(stage.api.get("/v1/coupons/" + coupon).number("/times_redeemed"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("money that is only held leaves the session unpaid until it is captured")
    void heldPayment() {
        String id = stage.session(
                "mode=payment",
                "line_items[0][price]=" + stage.oneTime("500", "usd"),
                "line_items[0][quantity]=1",
                "payment_intent_data[capture_method]=manual");
        pay(id).press("Pay");
        Answer session = stage.api.get(PATH + id, "expand[]=payment_intent");
        assertThat(session.text("/status")).isEqualTo("complete");
        assertThat(session.text("/payment_status")).isEqualTo("unpaid");
        assertThat(session.text("/payment_intent/status")).isEqualTo("requires_capture");
    }

    @Test
    @DisplayName("D10 an expired session can be recovered for thirty days: each visit begins a new one like it")
    void recovery() {
        String id = stage.subscriptionSession(
                "after_expiration[recovery][enabled]=true",
                "after_expiration[recovery][allow_promotion_codes]=true",
                "metadata[order]=7");
        stage.simulator.advance(Duration.ofDays(2));
        Answer expired = stage.api.get(PATH + id);
        assertThat(expired.text("/status")).isEqualTo("expired");
        String url = expired.text("/after_expiration/recovery/url");
        assertThat(expired.number("/after_expiration/recovery/expires_at") - expired.number("/expires_at"))
                .isEqualTo(Duration.ofDays(30).toSeconds());
        Page page = browser.open(url);
        page.fill("E-mail", "jo@example.com").card(VISA).press("Subscribe");
        Answer recovered = stage.api.get("/v1/checkout/sessions", "status=complete");
        assertThat(recovered.text("/data/0/recovered_from")).isEqualTo(id);
        assertThat(recovered.text("/data/0/metadata/order")).isEqualTo("7");
        assertThat(recovered.body().at("/data/0/allow_promotion_codes").asBoolean())
                .isTrue();
        stage.simulator.advance(Duration.ofDays(31));
        assertThat(browser.open(url).text()).contains("cannot be recovered");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @DisplayName("parameters that do not go with the mode or with each other are refused")
    @CsvSource({
        "payment_intent_data[description]=x, payment_intent_data",
        "setup_intent_data[description]=x, setup_intent_data",
        "invoice_creation[enabled]=true, invoice_creation",
        "customer_creation=always, customer_creation",
        "customer_update[name]=auto, customer_update",
        "custom_text[submit][message]=, custom_text[submit][message]",
        "custom_fields[0][key]=a b&custom_fields[0][type]=text&custom_fields[0][label][type]=custom"
                + "&custom_fields[0][label][custom]=A, custom_fields[0][key]",
        "line_items[0][adjustable_quantity][enabled]=true&line_items[0][adjustable_quantity][minimum]=5,"
                + " line_items[0][adjustable_quantity][minimum]",
        "line_items[0][tax_rates][0]=txr_none, line_items[0][tax_rates]",
    })
    void refused(String given, String param) {
        Answer answer = create(given.split("&"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo(param);
    }

    @Test
    @DisplayName("Stripe's own client reads what a session asks for")
    void client() throws StripeException {
        StripeClient stripe = StripeClients.of(stage.simulator);
        Session session = stripe.v1()
                .checkout()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                        .setSuccessUrl("http://shop.example/ok")
                        .addLineItem(SessionCreateParams.LineItem.builder()
                                .setPrice(stage.monthly)
                                .setQuantity(1L)
                                .addTaxRate(rate("10", false))
                                .build())
                        .setConsentCollection(SessionCreateParams.ConsentCollection.builder()
                                .setTermsOfService(SessionCreateParams.ConsentCollection.TermsOfService.REQUIRED)
                                .build())
                        .setTaxIdCollection(SessionCreateParams.TaxIdCollection.builder()
                                .setEnabled(true)
                                .build())
                        .build());
        assertThat(session.getTotalDetails().getAmountTax()).isEqualTo(120);
        assertThat(session.getConsentCollection().getTermsOfService()).isEqualTo("required");
        assertThat(session.getTaxIdCollection().getEnabled()).isTrue();
        assertThat(session.getSavedPaymentMethodOptions().getAllowRedisplayFilters())
                .containsExactly("always");
    }

    private void buyAs(String customer, String... params) {
        List<String> all = new ArrayList<>(List.of("customer=" + customer, "billing_address_collection=required"));
        all.addAll(List.of(params));
        Page paid = browser.open("/pay/" + stage.subscriptionSession(all.toArray(String[]::new)))
                .card(VISA)
                .fill("Name on card", "Somebody Else")
                .fill("Country", "DE")
                .fill("Address", "Unter den Linden 1")
                .fill("City", "Berlin")
                .press("Subscribe");
        assertThat(paid.url()).startsWith("http://shop.example/ok");
    }

    private Page pay(String id) {
        return browser.open("/pay/" + id).fill("E-mail", "jo@example.com").card(VISA);
    }

    private Answer create(String... params) {
        List<String> all = new ArrayList<>(List.of(
                "mode=subscription",
                "success_url=http://shop.example/ok",
                "line_items[0][price]=" + stage.monthly,
                "line_items[0][quantity]=1"));
        all.addAll(List.of(params));
        return stage.api.post("/v1/checkout/sessions", all.toArray(String[]::new));
    }

    private String rate(String percentage, boolean inclusive) {
        return stage.api
                .post("/v1/tax_rates", "display_name=VAT", "percentage=" + percentage, "inclusive=" + inclusive)
                .id();
    }
}
