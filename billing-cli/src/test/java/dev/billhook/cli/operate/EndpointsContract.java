package dev.billhook.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.cli.CliRun;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator does about where events are delivered to. */
abstract class EndpointsContract extends ShellContract {
    private static final String URL = "https://staging.example/billhook/webhook";
    private static final Map<String, String> KEY =
            Map.of("BILLHOOK_SECRET_KEYS", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");

    @Test
    @DisplayName(
            "D7 an environment is registered, listed and removed; its secret is kept and handed over with the key only")
    void kept() {
        CliRun registered = runWith(KEY, "endpoints", "register", "staging", URL);
        assertThat(registered.exitCode()).as(registered.err()).isZero();
        assertThat(registered.out())
                .containsPattern(
                        "staging  we_\\w+  " + URL + "  \\d{4}-\\d{2}-\\d{2}\\.\\w+  \\d+ event types  enabled")
                .contains("kept: endpoints secrets staging")
                .doesNotContain("whsec_");
        CliRun secrets = runWith(KEY, "endpoints", "secrets", "staging");
        assertThat(secrets.out()).matches("whsec_\\S+\\n");
        CliRun without = run("endpoints", "secrets", "staging");
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.err()).contains("give the key it was sealed with").doesNotContain("whsec_");

        assertThat(runWith(KEY, "endpoints", "rotate", "staging").out()).contains("kept");
        assertThat(runWith(KEY, "endpoints", "secrets", "staging").out().lines())
                .hasSize(2);
        assertThat(done("endpoints", "retire", "staging").out()).isEqualTo("1 endpoint removed.\n");
        assertThat(done("endpoints", "list").out().lines()).hasSize(1);
        assertThat(done("endpoints", "remove", "staging").out()).isEqualTo("1 endpoint removed.\n");
        assertThat(done("endpoints", "list").out()).isEmpty();
        assertThat(runWith(KEY, "endpoints", "secrets", "staging").exitCode()).isEqualTo(1);
    }

    @Test
    @DisplayName("D7 without a key the secret is written when the endpoint is made")
    void written() {
        assertThat(done("endpoints", "register", "staging", URL).out()).containsPattern("signing secret  whsec_\\S+");
        assertThat(run("endpoints", "secrets", "staging").exitCode()).isEqualTo(1);
        assertThat(done("endpoints", "remove", "other").out()).isEqualTo("0 endpoints removed.\n");
    }

    @Test
    @DisplayName("D7 keys, names and addresses that cannot be meant are refused with 2, without quoting a key")
    void refused() {
        CliRun key = runWith(Map.of("BILLHOOK_SECRET_KEYS", "hunter2"), "endpoints", "register", "staging", URL);
        assertThat(key.exitCode()).isEqualTo(2);
        assertThat(key.err()).contains("openssl rand -base64 32").doesNotContain("hunter2");
        assertThat(run("endpoints", "register", "a b", URL).exitCode()).isEqualTo(2);
        assertThat(run("endpoints", "register", "staging", "/webhook").err()).contains("absolute");
        assertThat(run("endpoints", "rotate", "staging").exitCode()).isEqualTo(1);
    }
}
