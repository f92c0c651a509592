package dev.billhook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The command line")
class BillingCliTest {
    @Test
    @DisplayName("without a command tells where help is and exits with 2")
    void needsACommand() {
        CliRun run = CliRun.of();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("billing-cli: Missing required subcommand\nTry 'billing-cli --help'.\n");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "--help",
                "catalog --help",
                "catalog validate --help",
                "catalog plan --help",
                "catalog apply --help",
                "schema --help",
                "schema print --help",
                "schema install --help",
                "events --help",
                "events list --help",
                "events show --help",
                "events replay --help",
                "events discard --help",
                "outbox --help",
                "outbox list --help",
                "outbox retry-dead --help",
                "reconcile --help",
                "migrate-prices --help",
                "import --help",
                "grant give --help",
                "account delete --help"
            })
    @DisplayName("explains every command and the exit codes with --help")
    void helps(String arguments) {
        CliRun run = CliRun.of(arguments.split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith(
                        "Usage: billing-cli " + arguments.replace("--help", "").strip())
                .contains("Exit codes:", "  0   done", "  1   findings", "  2   called with wrong options");
        assertThat(run.err()).isEmpty();
    }

    @Test
    @DisplayName("suggests the command that was probably meant")
    void suggests() {
        CliRun run = CliRun.of("catalog", "aply", "catalog.yaml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("catalog apply");
    }

    @Test
    @DisplayName("tells its version")
    void version() {
        CliRun run = CliRun.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("billing-cli ");
    }

    @Test
    @DisplayName("tells a failure in one line and exits with 1")
    void failsInOneLine() {
        CliRun run = CliRun.of("catalog", "validate", "no-such-file.yaml");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().startsWith("billing-cli: There is no file ");
    }

    @Test
    @DisplayName("shows the stack trace of a failure with --verbose")
    void verbose() {
        CliRun run = CliRun.of("catalog", "validate", "no-such-file.yaml", "--verbose");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("BillingException: There is no file", "\tat dev.billhook");
    }
}
