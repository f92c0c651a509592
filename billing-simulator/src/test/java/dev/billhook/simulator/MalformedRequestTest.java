package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Malformed requests")
class MalformedRequestTest extends ApiTest {

    MalformedRequestTest(StripeSimulator simulator) {
        super(simulator);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "a[=1",
                "a]b=1",
                "[]=1",
                "items[0][price]=x&items=1",
                "a[b][c][d][e][f][g][h][i][j][k][l][m][n]=1",
                "limit=%ZZ",
                "metadata[a][b]=1",
                "name=%00",
                "expand=1",
                "expand[x]=1",
                "&&&=",
                "amount=99999999999999999999"
            })
    @DisplayName("malformed bodies are refused, never a failure of the server")
    void malformed(String body) {
        for (String path : List.of("/v1/customers", "/v1/subscriptions", "/v1/prices", "/v1/payment_intents")) {
            Answer answer = api.send(api.request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(answer.status()).as("%s with %s", path, body).isBetween(200, 499);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "items[0][quantity]",
                "cancel_at",
                "trial_end",
                "trial_period_days",
                "billing_cycle_anchor",
                "days_until_due",
                "backdate_start_date"
            })
    @DisplayName("numbers at the edge of what fits are taken or refused, never a failure of the server")
    void extremeNumbers(String param) {
        String customer = shop.customer();
        String price = shop.monthly(1000);
        for (long number : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE, 99_999_999_999L}) {
            Answer made =
                    shop.subscribe(customer, price, param + "=" + number, "collection_method=charge_automatically");
            assertThat(made.status()).as("%s=%d", param, number).isBetween(200, 499);
            if (made.status() == 200) {
                Answer changed =
                        api.post("/v1/subscriptions/" + made.id(), "proration_date=" + number, "trial_end=" + number);
                assertThat(changed.status()).isBetween(200, 499);
                assertThat(api.post("/v1/invoices/create_preview", "subscription=" + made.id())
                                .status())
                        .isBetween(200, 499);
            }
        }
        assertThat(api.get("/v1/customers", "limit=" + Long.MAX_VALUE).status()).isEqualTo(400);
        assertThat(api.post("/v1/test_helpers/test_clocks", "frozen_time=" + Long.MAX_VALUE)
                        .status())
                .isEqualTo(400);
    }
}
