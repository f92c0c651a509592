package dev.billhook.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.StripeSimulator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The name of the business")
final class BusinessNameTest {
    private static final String NAME = "Huber & \"Söhne\" – Werkzeuge aller Art";

    @Test
    @DisplayName("stands on pages, invoices and the account")
    void isShown() {
        try (Stage stage = new Stage(Stage.builder().businessName(NAME))) {
            String customer = stage.customer();
            stage.subscribed(customer);

            assertThat(stage.browser.open("/pay/" + stage.subscriptionSession()).text())
                    .contains(NAME);
            assertThat(stage.browser.open(stage.portal(customer)).link("← Return to " + NAME))
                    .isEqualTo("http://shop.example/account");
            Answer invoice = stage.api.get("/v1/invoices");
            assertThat(invoice.text("/data/0/account_name")).isEqualTo(NAME);
            assertThat(stage.browser
                            .open("/invoice/" + invoice.text("/data/0/id"))
                            .text())
                    .contains(NAME);
            Answer account = stage.api.get("/v1/account");
            assertThat(account.text("/business_profile/name")).isEqualTo(NAME);
            assertThat(account.text("/settings/dashboard/display_name")).isEqualTo(NAME);
            assertThat(account.text("/settings/payments/statement_descriptor")).isEqualTo("HUBER & SÖHNE – WERKZE");
        }
    }

    @Test
    @DisplayName("is not empty")
    void isNotEmpty() {
        assertThatThrownBy(() -> StripeSimulator.builder().businessName(" ").start())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
