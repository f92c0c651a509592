package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.TaxId;
import com.stripe.param.CustomerCreateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Tax ids")
class TaxIdTest extends ApiTest {
    private final String customer;

    TaxIdTest(StripeSimulator simulator) {
        super(simulator);
        customer = api.post("/v1/customers", "name=Jo GmbH").id();
    }

    @ParameterizedTest(name = "{0} {1} → {2}, {3}")
    @DisplayName("D10 a number is pending at first and found good or bad by Stripe's values for tests")
    @CsvSource({
        "eu_vat, DE000000000, verified, DE",
        "eu_vat, EL123456789, verified, GR",
        "eu_vat, DE111111111, unverified, DE",
        "eu_vat, DE222222222, pending, DE",
        "eu_vat, 111111111, unverified,",
        "au_abn, 000000000, verified, AU",
    })
    void verified(String type, String value, String status, String country) {
        Answer made = api.post("/v1/customers/" + customer + "/tax_ids", "type=" + type, "value=" + value);
        assertThat(made.text("/verification/status")).isEqualTo("pending");
        assertThat(made.text("/owner/customer")).isEqualTo(customer);
        assertThat(made.body().path("country").textValue()).isEqualTo(country);
        simulator.advance(Duration.ofSeconds(1));
        Answer later = api.get("/v1/customers/" + customer + "/tax_ids/" + made.id());
        assertThat(later.text("/verification/status")).isEqualTo(status);
        assertThat(api.eventTypes().contains("customer.tax_id.updated")).isEqualTo(!"pending".equals(status));
    }

    @Test
    @DisplayName("other kinds are not checked; an expanded customer shows its tax ids; one is deleted with an event")
    void life() {
        Answer ein = api.post("/v1/customers/" + customer + "/tax_ids", "type=us_ein", "value=12-3456789");
        assertThat(ein.text("/verification/status")).isEqualTo("unavailable");
        Answer shown = api.get("/v1/customers/" + customer, "expand[]=tax_ids");
        assertThat(shown.text("/tax_ids/data/0/id")).isEqualTo(ein.id());
        assertThat(api.delete("/v1/customers/" + customer + "/tax_ids/" + ein.id())
                        .body()
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        assertThat(api.get("/v1/customers/" + customer + "/tax_ids").body().path("data"))
                .isEmpty();
        assertThat(api.eventTypes())
                .containsExactly("customer.created", "customer.tax_id.created", "customer.tax_id.deleted");
    }

    @Test
    @DisplayName("the account has tax ids of its own, apart from those of customers")
    void ofAccount() {
        Answer own = api.post("/v1/tax_ids", "type=de_stn", "value=1234567890");
        Answer named = api.post(
                "/v1/tax_ids",
                "type=us_ein",
                "value=12-3456789",
                "owner[type]=customer",
                "owner[customer]=" + customer);
        assertThat(own.text("/owner/type")).isEqualTo("self");
        assertThat(api.get("/v1/tax_ids").body().path("data"))
                .singleElement()
                .satisfies(found -> assertThat(found.path("id").asText()).isEqualTo(own.id()));
        assertThat(api.get("/v1/tax_ids", "owner[type]=customer", "owner[customer]=" + customer)
                        .text("/data/0/id"))
                .isEqualTo(named.id());
        assertThat(api.get("/v1/customers/" + customer + "/tax_ids/" + own.id()).status())
                .isEqualTo(404);
        assertThat(api.delete("/v1/tax_ids/" + own.id()).status()).isEqualTo(200);
        assertThat(api.get("/v1/tax_ids/" + own.id()).status()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0} → {1} {2}")
    @DisplayName("what is no tax id is refused")
    @CsvSource({
        "type=eu_vat, value, parameter_missing",
        "type=moon_vat&value=1, type, ''",
        "type=eu_vat&value=?, value, tax_id_invalid",
        "type=gb_vat&value=12, value, tax_id_invalid",
    })
    void refused(String given, String param, String code) {
        Answer answer = api.post("/v1/customers/" + customer + "/tax_ids", given.split("&"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo(param);
        assertThat(answer.text("/error/code")).isEqualTo(code);
    }

    @Test
    @DisplayName("a customer has up to five tax ids, each once")
    void limits() {
        String path = "/v1/customers/" + customer + "/tax_ids";
        for (int i = 0; i < 5; i++) {
            assertThat(api.post(path, "type=us_ein", "value=12-345678" + i).status())
                    .isEqualTo(200);
        }
        assertThat(api.post(path, "type=us_ein", "value=12-3456789").status()).isEqualTo(400);
        api.delete(path + "/" + api.get(path).text("/data/0/id"));
        assertThat(api.post(path, "type=us_ein", "value=12-3456780").text("/error/code"))
                .isEqualTo("resource_already_exists");
    }

    @Test
    @DisplayName("Stripe's own client makes a customer with tax ids")
    void client() throws StripeException {
        StripeClient stripe = StripeClients.of(simulator);
        Customer made = stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName("Jo")
                        .addTaxIdData(CustomerCreateParams.TaxIdData.builder()
                                .setType(CustomerCreateParams.TaxIdData.Type.GB_VAT)
                                .setValue("GB123456789")
                                .build())
                        .addExpand("tax_ids")
                        .build());
        TaxId taxId = made.getTaxIds().getData().get(0);
        assertThat(taxId.getCountry()).isEqualTo("GB");
        assertThat(taxId.getOwner().getCustomer()).isEqualTo(made.getId());
    }

    @Test
    @DisplayName(
            "an address that tax needs is checked at once on request, and an expanded customer tells where it is taxed")
    void location() {
        Answer vague = api.post("/v1/customers", "address[country]=US", "tax[validate_location]=immediately");
        assertThat(vague.text("/error/code")).isEqualTo("customer_tax_location_invalid");
        Answer exact = api.post(
                "/v1/customers",
                "address[country]=US",
                "address[postal_code]=97712",
                "address[state]=OR",
                "tax[validate_location]=immediately",
                "expand[]=tax");
        assertThat(exact.text("/tax/automatic_tax")).isEqualTo("not_collecting");
        assertThat(exact.text("/tax/location/state")).isEqualTo("OR");
        assertThat(api.get("/v1/customers/" + customer, "expand[]=tax").text("/tax/automatic_tax"))
                .isEqualTo("unrecognized_location");
    }
}
