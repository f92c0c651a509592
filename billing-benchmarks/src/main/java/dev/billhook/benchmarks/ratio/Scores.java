package dev.billhook.benchmarks.ratio;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times of all rounds, and the table made of them. Not thread-safe. */
final class Scores {
    private static final MathContext DIGITS = new MathContext(3);

    private final Map<String, List<Double>> microseconds = new HashMap<>();

    /** Adds the time of a benchmark in the next round. */
    void add(String benchmark, double time) {
        microseconds.computeIfAbsent(benchmark, name -> new ArrayList<>()).add(time);
    }

    /** A Markdown table: the best time of each benchmark, and the median over the rounds of its ratio to the limit. */
    String table(List<Comparison> comparisons) {
        StringBuilder table =
                new StringBuilder("| measured | best µs | ratio to the limit (range) |\n|---|---:|---:|\n");
        for (Comparison comparison : comparisons) {
            List<Double> limit = times(comparison, comparison.limit());
            table.append(row(comparison.title() + ": limit " + comparison.limit(), limit, "1"));
            for (String subject : comparison.subjects()) {
                List<Double> times = times(comparison, subject);
                table.append(row(comparison.title() + ": " + subject, times, ratio(times, limit)));
            }
        }
        return table.toString();
    }

    private List<Double> times(Comparison comparison, String method) {
        return microseconds.getOrDefault(comparison.benchmark(method), List.of());
    }

    private static String row(String name, List<Double> times, String ratio) {
        double best = times.stream().mapToDouble(time -> time).min().orElse(Double.NaN);
        String figure =
                Double.isNaN(best) ? "" : BigDecimal.valueOf(best).round(DIGITS).toPlainString();
        return String.format(Locale.ROOT, "| %s | %s | %s |%n", name, figure, ratio);
    }

    private static String ratio(List<Double> times, List<Double> limit) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(times.size(), limit.size()); round++) {
            ratios.add(times.get(round) / limit.get(round));
        }
        if (ratios.isEmpty()) {
            return "";
        }
        ratios.sort(null);
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f–%.2f)",
                ratios.get(ratios.size() / 2),
                ratios.get(0),
                ratios.get(ratios.size() - 1));
    }
}
