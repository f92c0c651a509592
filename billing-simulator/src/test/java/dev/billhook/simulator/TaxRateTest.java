package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.TaxRate;
import com.stripe.param.TaxRateCreateParams;
import com.stripe.param.TaxRateUpdateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Tax rates")
class TaxRateTest extends ApiTest {

    TaxRateTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("D10 a tax rate is made, archived and listed, each with its event")
    void life() {
        Answer made = api.post(
                "/v1/tax_rates",
                "display_name=Sales tax",
                "inclusive=false",
                "percentage=8.8750",
                "country=US",
                "state=NY");
        assertThat(made.id()).startsWith("txr_");
        assertThat(made.body().path("percentage").decimalValue()).isEqualByComparingTo("8.875");
        assertThat(made.text("/state")).isEqualTo("NY");
        assertThat(made.body().path("effective_percentage").isNull()).isTrue();
        Answer vat = api.post("/v1/tax_rates", "display_name=VAT", "inclusive=true", "percentage=19", "tax_type=vat");
        assertThat(vat.body().path("percentage").isInt()).isTrue();
        Answer archived = api.post("/v1/tax_rates/" + made.id(), "active=false", "metadata[why]=moved");
        assertThat(archived.body().path("active").asBoolean()).isFalse();
        assertThat(api.get("/v1/tax_rates", "active=true").body().path("data"))
                .singleElement()
                .satisfies(rate -> assertThat(rate.path("id").asText()).isEqualTo(vat.id()));
        assertThat(api.get("/v1/tax_rates", "inclusive=false").text("/data/0/id"))
                .isEqualTo(made.id());
        assertThat(api.eventTypes()).containsExactly("tax_rate.created", "tax_rate.created", "tax_rate.updated");
    }

    @ParameterizedTest(name = "{0} → {1} {2}")
    @DisplayName("a tax rate that makes no sense is refused, naming the parameter")
    @CsvSource({
        "display_name=VAT&inclusive=true, percentage, parameter_missing",
        "display_name=VAT&percentage=5, inclusive, parameter_missing",
        "inclusive=true&percentage=5, display_name, parameter_missing",
        "display_name=VAT&inclusive=true&percentage=100.1, percentage, ''",
        "display_name=VAT&inclusive=true&percentage=-1, percentage, ''",
        "display_name=VAT&inclusive=true&percentage=1.00001, percentage, ''",
        "display_name=VAT&inclusive=true&percentage=5&tax_type=tithe, tax_type, ''",
    })
    void refused(String given, String param, String code) {
        Answer answer = api.post("/v1/tax_rates", given.split("&"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo(param);
        assertThat(answer.text("/error/code")).isEqualTo(code);
    }

    @Test
    @DisplayName("Stripe's own client reads and changes a tax rate")
    void client() throws StripeException {
        StripeClient stripe = StripeClients.of(simulator);
        TaxRate made = stripe.v1()
                .taxRates()
                .create(TaxRateCreateParams.builder()
                        .setDisplayName("VAT")
                        .setInclusive(true)
                        .setPercentage(new BigDecimal("7.7"))
                        .setTaxType(TaxRateCreateParams.TaxType.VAT)
                        .build());
        TaxRate renamed = stripe.v1()
                .taxRates()
                .update(
                        made.getId(),
                        TaxRateUpdateParams.builder().setDisplayName("MWST").build());
        assertThat(renamed.getDisplayName()).isEqualTo("MWST");
        assertThat(stripe.v1().taxRates().retrieve(made.getId()).getPercentage())
                .isEqualByComparingTo("7.7");
    }
}
