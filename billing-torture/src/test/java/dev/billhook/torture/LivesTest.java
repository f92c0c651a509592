package dev.billhook.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.torture.host.Host;
import dev.billhook.torture.host.HostConfig;
import dev.billhook.torture.host.HostRows;
import dev.billhook.torture.life.Lives;
import dev.billhook.torture.life.SimulatorApi;
import dev.billhook.webhook.WebhookMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Random lives")
class LivesTest {
    private static final int ACCOUNTS = 5;
    private static final int DAYS = 40;

    @Test
    @DisplayName("are the same for the same seed and others for another, so that a failure can be repeated")
    void repeatable() throws Exception {
        List<String> once = eventsOf(11);
        assertThat(eventsOf(11)).isEqualTo(once);
        assertThat(eventsOf(12)).isNotEqualTo(once);
    }

    private static List<String> eventsOf(long seed) throws Exception {
        try (StripeSimulator simulator = Deliveries.start(seed);
                Host desk = Host.idle(new HostConfig(
                        Postgres.newDatabase(),
                        simulator.baseUrl(),
                        List.of("whsec_none"),
                        WebhookMode.INLINE,
                        Duration.ZERO))) {
            BillhookSchema.of(Dialect.detect(desk.pool())).install(desk.pool());
            HostRows.install(desk.pool());
            desk.billing().catalogPublisher().apply();
            Lives lives = new Lives(simulator, desk.billing(), seed, ACCOUNTS, DAYS);
            while (!lives.over()) {
                lives.live();
            }
            return new SimulatorApi(simulator)
                    .all("/v1/events").stream()
                            .map(event -> event.path("id") + " " + event.path("type") + " " + event.path("created"))
                            .toList();
        }
    }
}
