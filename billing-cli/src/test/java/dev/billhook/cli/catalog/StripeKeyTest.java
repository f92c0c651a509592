package dev.billhook.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The Stripe key of a catalog command")
class StripeKeyTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("is asked for if it is missing or blank")
    void missing() throws IOException {
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("STRIPE_API_KEY", " "))) {
            CliRun run = run(environment);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("STRIPE_API_KEY", "--api-key-file");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "sk_live_secret, '', add --live",
        "rk_live_secret, '', add --live",
        "sk_test_secret, --live, leave out --live",
        "sk_live_secret, --live --api-base=https://localhost:1, leave out --api-base",
        "pk_test_secret, '', apiKey is no secret or restricted key",
        "sk_test_secret, --api-base=ftp://localhost, apiBase must be"
    })
    @DisplayName("D8 must be of the mode that is meant; it is never repeated")
    void wrongMode(String key, String options, String remedy) throws IOException {
        CliRun run = run(Map.of("STRIPE_API_KEY", key), options.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains(remedy).doesNotContain(key);
        assertThat(run.out()).isEmpty();
    }

    private CliRun run(Map<String, String> environment, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("catalog.yaml"), CatalogFile.PRO_AND_TEAM);
        List<String> arguments = new ArrayList<>(List.of("catalog", "plan", file.toString()));
        List.of(options).stream().filter(option -> !option.isEmpty()).forEach(arguments::add);
        return CliRun.of(environment, "", arguments.toArray(String[]::new));
    }
}
