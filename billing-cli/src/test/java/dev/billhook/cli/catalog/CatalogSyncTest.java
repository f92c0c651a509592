package dev.billhook.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.cli.CliRun;
import dev.billhook.simulator.StripeSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("catalog plan and apply")
class CatalogSyncTest {
    private static final String WHOLE_DIFFERENCE = """
            Stripe (test mode) differs from the catalog:
              + product pro "Pro"
              + product team "Team"
              + price   pro-monthly
              + price   pro-yearly
              + price   team-monthly
            """;

    @TempDir
    private Path folder;

    private Path file;
    private StripeSimulator stripe;

    @BeforeEach
    void start() throws IOException {
        stripe = StripeSimulator.start();
        file = Files.writeString(folder.resolve("catalog.yaml"), CatalogFile.PRO_AND_TEAM);
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Test
    @DisplayName("D6 plan shows the whole difference to an empty account and changes nothing")
    void planChangesNothing() {
        for (int round = 0; round < 2; round++) {
            CliRun run = run("", "plan");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo(WHOLE_DIFFERENCE);
        }
    }

    @Test
    @DisplayName("D6 plan --check exits with 1 while something differs and with 0 once nothing does")
    void planAsCheck() {
        assertThat(run("", "plan", "--check").exitCode()).isEqualTo(1);
        assertThat(run("", "apply", "--yes").exitCode()).isZero();
        assertThat(run("", "plan", "--check").exitCode()).isZero();
    }

    @Test
    @DisplayName("D6 apply shows the difference, asks, makes every change, and then has nothing to do")
    void applies() {
        CliRun first = run("y\n", "apply");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).isEqualTo(WHOLE_DIFFERENCE + """
                        Make 5 changes at Stripe? [y/N] done: + product pro "Pro"
                        done: + product team "Team"
                        done: + price   pro-monthly
                        done: + price   pro-yearly
                        done: + price   team-monthly
                        5 changes made.
                        """);

        CliRun second = run("", "apply");
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).isEqualTo("Nothing to do: Stripe (test mode) agrees with the catalog.\n");
    }

    @Test
    @DisplayName("D6 apply changes nothing unless the answer is yes; the end of the input is a no")
    void asksFirst() {
        for (String answer : List.of("n\n", "\n", "yesterday\n", "")) {
            CliRun run = run(answer, "apply");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .isEqualTo(WHOLE_DIFFERENCE + "Make 5 changes at Stripe? [y/N] "
                            + "Nothing was changed. Answer y, or call with --yes.\n");
        }
        assertThat(run("", "plan").out()).isEqualTo(WHOLE_DIFFERENCE);
    }

    @Test
    @DisplayName("B4 D6 a changed price is shown and made as a new price, once")
    void replacesAPrice() throws IOException {
        run("", "apply", "--yes");
        Files.writeString(file, CatalogFile.PRO_DEARER);
        CliRun change = run("", "apply", "--yes");
        assertThat(change.exitCode()).as(change.err()).isZero();
        assertThat(change.out()).isEqualTo("""
                        Stripe (test mode) differs from the catalog:
                          ~ price   pro-monthly (new price, takes over the lookup key)
                        done: ~ price   pro-monthly (new price, takes over the lookup key)
                        1 change made.
                        """);
        assertThat(run("", "plan").out()).startsWith("Nothing to do");
    }

    @Test
    @DisplayName("D6 an invalid file is told with every error before Stripe is asked")
    void invalidFile() throws IOException {
        Files.writeString(file, "products: {}\nplans: {}\n");
        CliRun run = run("", "apply", "--yes");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("products: ", "plans: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    @DisplayName("takes the key from a file of one line")
    void keyFile() throws IOException {
        Path keyFile = Files.writeString(folder.resolve("key"), stripe.apiKey() + "\n");
        CliRun run = CliRun.of(arguments("plan", "--api-key-file", keyFile.toString()));
        assertThat(run.exitCode()).as(run.err()).isZero();
        Files.writeString(keyFile, stripe.apiKey() + "\nsecond line\n");
        assertThat(CliRun.of(arguments("plan", "--api-key-file", keyFile.toString()))
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("tells a Stripe it cannot reach in one line and exits with 1")
    void unreachable() {
        stripe.close();
        CliRun run = run("", "plan");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).startsWith("billing-cli: ");
    }

    private CliRun run(String input, String... arguments) {
        return CliRun.of(Map.of("STRIPE_API_KEY", stripe.apiKey()), input, arguments(arguments));
    }

    private String[] arguments(String... arguments) {
        List<String> all = new ArrayList<>(List.of("catalog"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--api-base", stripe.baseUrl(), file.toString()));
        return all.toArray(String[]::new);
    }
}
