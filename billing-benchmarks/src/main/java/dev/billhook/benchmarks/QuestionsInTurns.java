package dev.billhook.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
     * Prints the medians of the questions' times.
     *
     * @param arguments number of rounds; 20 unless told
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        Map<String, List<Double>> medians = measure(rounds);
        List<Double> limit = Objects.requireNonNull(medians.get("select"));
        System.out.println(
                "| measured | µs at the median: best round, median round | rate against `select`: median (range) |");
        System.out.println("|---|---:|---:|");
        medians.forEach((name, micros) -> {
            List<Double> rates = new ArrayList<>();
            for (int round = 0; round < micros.size(); round++) {
                rates.add(limit.get(round) / micros.get(round));
            }
            System.out.printf(
                    Locale.ROOT,
                    "| `%s` | %.1f, %.1f | %.2f (%.2f–%.2f) |%n",
                    name,
                    at(micros, 0),
                    at(micros, 0.5),
                    at(rates, 0.5),
                    at(rates, 0),
                    at(rates, 1));
        });
    }

    private static Map<String, List<Double>> measure(int rounds) throws Exception {
        EntitlementBenchmark benchmark = new EntitlementBenchmark();
        try {
            Map<String, Callable<?>> subjects = new LinkedHashMap<>();
            subjects.put("select", benchmark::select);
            subjects.put("statement", benchmark::statement);
            subjects.put("resolve", benchmark::resolve);
            Map<String, List<Double>> medians = new LinkedHashMap<>();
            for (int round = -WARM_UPS; round < rounds; round++) {
                for (Map.Entry<String, Callable<?>> subject : subjects.entrySet()) {
                    double median = medianMicros(subject.getValue());
                    if (round >= 0) {
                        medians.computeIfAbsent(subject.getKey(), name -> new ArrayList<>())
                                .add(median);
                    }
                }
            }
            return medians;
        } finally {
            benchmark.close();
        }
    }

    private static double medianMicros(Callable<?> question) throws Exception {
        long[] nanos = new long[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            long begun = System.nanoTime();
            question.call();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos[QUESTIONS / 2] / NANOS_PER_MICRO;
    }

    private static double at(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.round(part * (sorted.size() - 1)));
    }
}
