package dev.billhook.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The question that is not remembered and its limits, in one JVM and in turns: a round trip takes 16 to 20 or 60 to 66 µs, depending on
 * how the scheduler wakes database and driver, and in one process that is the same for all.
 */
public final class QuestionsInTurns {
    private static final int ROUNDS = 20;
    private static final int WARM_UPS = 10;
    private static final int QUESTIONS = 2_000;
    private static final double NANOS_PER_MICRO = 1000;

    private QuestionsInTurns() {}

    /**
     * Prints the medians of the questions' times, and their rates against the limit's.
     *
     * @param arguments number of rounds; 20 unless told
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        System.out.print(run(WARM_UPS, rounds, QUESTIONS).table());
    }

    /**
     * Measures.
     *
     * @param questions of each subject in a round
     */
    static Figures run(int warmUps, int rounds, int questions) throws Exception {
        EntitlementBenchmark benchmark = new EntitlementBenchmark();
        try {
            for (int round = 0; round < warmUps; round++) {
                medians(benchmark, questions);
            }
            Figures figures = new Figures();
            for (int round = 0; round < rounds; round++) {
                Map<String, Double> medians = medians(benchmark, questions);
                double limit = Objects.requireNonNull(medians.get("select"));
                medians.forEach((name, micros) -> {
                    figures.add("`" + name + "`, µs at the median", micros);
                    figures.add("`" + name + "`, rate against `select`", limit / micros);
                });
            }
            return figures;
        } finally {
            benchmark.close();
        }
    }

    private static Map<String, Double> medians(EntitlementBenchmark benchmark, int questions) throws Exception {
        Map<String, Double> medians = new LinkedHashMap<>();
        medians.put("select", medianMicros(benchmark::select, questions));
        medians.put("statement", medianMicros(benchmark::statement, questions));
        medians.put("resolve", medianMicros(benchmark::resolve, questions));
        return medians;
    }

    private static double medianMicros(Callable<?> question, int questions) throws Exception {
        long[] nanos = new long[questions];
        for (int i = 0; i < questions; i++) {
            long begun = System.nanoTime();
            question.call();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos[questions / 2] / NANOS_PER_MICRO;
    }
}
