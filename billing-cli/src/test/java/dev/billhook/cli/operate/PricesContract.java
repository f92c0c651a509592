package dev.billhook.cli.operate;

import static dev.billhook.cli.operate.HostApplication.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator does about subscribers on older prices. */
abstract class PricesContract extends ShellContract {
    @Test
    @DisplayName(
            "C3 migrate-prices tells who is on older prices, and moves them with --apply; the application hears of it")
    void pricesMigrated() throws IOException {
        app().subscribe();
        app().takeIn();
        Path dearer = Files.writeString(file("dearer.yaml"), CATALOG.replace("usd: 12.00", "usd: 15.00"));
        String[] migrate = {"migrate-prices", dearer.toString(), "--pause", "0", "--plan", "team-monthly"};
        assertThat(done(migrate).out()).isEqualTo("1 subscriptions looked at, 0 would be moved, 0 stay\n");
        CliRun published = CliRun.of(
                Map.of("STRIPE_API_KEY", app().stripe().apiKey()),
                "",
                "catalog",
                "apply",
                "--yes",
                "--api-base",
                app().stripe().baseUrl(),
                dearer.toString());
        assertThat(published.exitCode()).as(published.err()).isZero();
        app().forgetHeard();

        assertThat(done(migrate).out()).isEqualTo("""
                user:ada  team-monthly x 2  24.00 USD -> 30.00 USD
                1 subscriptions looked at, 1 would be moved, 0 stay
                  USD each period: 24.00 USD -> 30.00 USD
                """);
        JsonNode told = parsed(done(and(migrate, "--json")).out());
        assertThat(told.path("applied").booleanValue()).isFalse();
        assertThat(told.at("/impact/USD/after").longValue()).isEqualTo(3000);
        assertThat(told.at("/subscriptions/0/lines/0/before").longValue()).isEqualTo(2400);

        JsonNode moved = parsed(done(and(migrate, "--apply", "--json")).out());
        assertThat(moved.path("moved").intValue()).isEqualTo(1);
        assertThat(app().heard()).isEmpty();
        app().takeIn();
        assertThat(app().heard()).containsExactly("PlanChangeScheduled");
        CliRun again = run(and(migrate, "--apply"));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).contains("stays: SCHEDULED").contains("0 moved, 1 stay");
        assertThat(run(and(migrate, "--name", "No good")).exitCode()).isEqualTo(2);
    }
}
