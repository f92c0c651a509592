package dev.billhook.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.cli.CliRun;
import dev.billhook.simulator.api.Fault;
import dev.billhook.usage.UsageRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator does about usage Stripe did not take. */
abstract class UsageContract extends ShellContract {
    private static final Fault REFUSAL = Fault.error(400).forPath("/v1/billing/meter_events");

    private void record(String key, long quantity) {
        assertThat(app().billing()
                        .usage()
                        .record(new UsageRecord(HostApplication.ADA, "calls", quantity, Instant.now(), key)))
                .isTrue();
    }

    private CliRun compare() {
        return run(
                "usage",
                "compare",
                "user:ada",
                "calls",
                "--catalog",
                catalog(),
                "--since",
                "1h",
                "--until",
                Instant.now().plusSeconds(120).toString());
    }

    @Test
    @DisplayName(
            "C8 usage Stripe refused is listed with its error, compared, reported again by the application, or given up")
    void dead() {
        app().takeIn();
        record("req-1", 700);
        app().work();
        record("req-2", 40);
        record("req-3", 2);
        app().stripe().faults().plan(2, REFUSAL);
        app().work();

        CliRun listed = done("usage", "list", "--status", "dead");
        assertThat(listed.out())
                .containsPattern("user:ada  calls  40  DEAD\\(1\\)  .*HTTP 400")
                .doesNotContain("calls  700")
                .endsWith("PENDING 0 (0 failing), DEAD 2\n");
        CliRun different = compare();
        assertThat(different.exitCode()).isEqualTo(1);
        assertThat(different.out()).isEqualTo("sent       700\nwaiting    0\ndead       42\nat Stripe  700\n");

        List<String> ids = done("usage", "list", "--status", "dead", "--json")
                .out()
                .lines()
                .map(ShellContract::parsed)
                .filter(line -> line.path("key").textValue().equals("req-3"))
                .map(line -> line.path("id").textValue())
                .toList();
        assertThat(done("usage", "discard", ids.get(0), "--reason", "not theirs")
                        .out())
                .isEqualTo("1 record discarded.\n");
        assertThat(run("usage", "discard", ids.get(0), "--reason", "again").exitCode())
                .isEqualTo(1);
        assertThat(done("usage", "retry-dead", "--of", "user:bob").out())
                .isEqualTo("0 records will be reported again.\n");
        assertThat(done("usage", "retry-dead", "--of", "user:ada", "--meter", "calls")
                        .out())
                .isEqualTo("1 record will be reported again.\n");
        app().work();

        assertThat(compare().exitCode()).isZero();
        assertThat(compare().out()).isEqualTo("sent       740\nwaiting    0\ndead       0\nat Stripe  740\n");
        assertThat(done("usage", "list").out()).contains("DISCARDED").endsWith("PENDING 0 (0 failing), DEAD 0\n");
    }

    @Test
    @DisplayName("C8 a meter the catalog does not have is refused with 2, and the message names those it has")
    void refused() {
        CliRun run =
                run("usage", "compare", "user:ada", "call", "--catalog", catalog(), "--since", "1h", "--until", "1m");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("it has the meters calls");
        assertThat(run("usage", "list", "--of", "ada").exitCode()).isEqualTo(2);
    }
}
