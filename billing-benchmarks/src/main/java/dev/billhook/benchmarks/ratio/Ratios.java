package dev.billhook.benchmarks.ratio;

import dev.billhook.benchmarks.CacheFootprint;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every comparison in rounds, each with a limit and its subjects one after the other in JVMs of their own, so that load
 * from elsewhere hits both alike, and prints the table. What counts of a JVM is the tenth percentile
 * of the times of single operations: what one takes when nothing else gets in its way.
 */
public final class Ratios {
    private static final int DEFAULT_ROUNDS = 5;
    private static final double QUICK = 10;
    private static final int REMEMBERED = 1_000_000;

    private Ratios() {}

    /**
     * Measures and prints.
     *
     * @param arguments how many rounds, 5 unless told; what the titles of the comparisons to run begin with, all unless told
     */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length == 0 ? DEFAULT_ROUNDS : Integer.parseInt(arguments[0]);
        String beginning = arguments.length < 2 ? "" : arguments[1];
        List<Comparison> comparisons = Comparison.ALL.stream()
                .filter(comparison -> comparison.title().startsWith(beginning))
                .toList();
        Scores scores = new Scores();
        for (int round = 1; round <= rounds; round++) {
            for (Comparison comparison : comparisons) {
                System.err.println("round " + round + " of " + rounds + ": " + comparison.title());
                measure(comparison, comparison.limit(), scores);
                for (String subject : comparison.subjects()) {
                    measure(comparison, subject, scores);
                }
            }
        }
        System.out.println("JDK " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, " + rounds + " rounds\n");
        System.out.print(scores.table(comparisons));
        if (beginning.isEmpty()) {
            System.out.println("\n" + CacheFootprint.of(REMEMBERED));
        }
    }

    private static void measure(Comparison comparison, String method, Scores scores) throws RunnerException {
        String benchmark = comparison.benchmark(method);
        List<RunResult> results = List.copyOf(new Runner(new OptionsBuilder()
                        .include("^" + Pattern.quote(benchmark) + "$")
                        .forks(1)
                        // On a busy machine a compiler in the background would not be done when measuring starts.
                        .jvmArgsAppend("-Xbatch")
                        .warmupIterations(8)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run());
        scores.add(benchmark, results.get(0).getPrimaryResult().getStatistics().getPercentile(QUICK));
    }
}
