package dev.billhook.benchmarks.ratio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.benchmarks.CacheFootprint;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

@DisplayName("The benchmarks")
class BenchmarksTest {
    @Test
    @DisplayName("all run without a failure, and each has its place in a comparison")
    void run() throws RunnerException {
        System.setProperty("billhook.benchmarks.accounts", "10");
        // Another build that measures on this machine is no reason to fail: nothing is timed here.
        System.setProperty("jmh.ignoreLock", "true");
        List<String> ran = new Runner(new OptionsBuilder()
                        .include(".*")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(5))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run().stream().map(result -> result.getParams().getBenchmark()).toList();
        assertThat(ran)
                .containsExactlyInAnyOrderElementsOf(Comparison.ALL.stream()
                        .flatMap(comparison -> Stream.concat(
                                        Stream.of(comparison.limit()), comparison.subjects().stream())
                                .map(comparison::benchmark))
                        .toList());
    }

    @Test
    @DisplayName("D2 remembered answers take less than 400 MiB for a million accounts")
    void footprint() {
        int accounts = 100_000;

        assertThat(CacheFootprint.bytesOf(accounts)).isLessThan(accounts * (400L << 20) / 1_000_000);
    }

    @Test
    @DisplayName("are told as best time and median ratio to the limit of the same round")
    void table() {
        Scores scores = new Scores();
        Comparison comparison = new Comparison("sum", BenchmarksTest.class, "limit", List.of("subject"));
        double[][] rounds = {{10, 20}, {20, 30}, {10, 40}};
        for (double[] round : rounds) {
            scores.add(comparison.benchmark("limit"), round[0]);
            scores.add(comparison.benchmark("subject"), round[1]);
        }
        assertThat(scores.table(List.of(comparison))).isEqualToNormalizingNewlines("""
                        | measured | best µs | ratio to the limit (range) |
                        |---|---:|---:|
                        | sum: limit limit | 10.0 | 1 |
                        | sum: subject | 20.0 | 2.00 (1.50–4.00) |
                        """);
    }
}
