package dev.billhook.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of all rounds by name, in the order they came first. Not thread-safe. */
public final class Figures {
    private final Map<String, List<Double>> byName = new LinkedHashMap<>();

    /** Adds what a round measured. */
    public void add(String name, double value) {
        byName.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }

    /** Median and range of each as a Markdown table. */
    public String table() {
        StringBuilder table = new StringBuilder("| measured | median (range) |\n|---|---:|\n");
        byName.forEach((name, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            String form = sorted.get(sorted.size() - 1) < 100 ? "%.2f" : "%.0f";
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | " + form + " (" + form + "–" + form + ") |%n",
                    name,
                    sorted.get(sorted.size() / 2),
                    sorted.get(0),
                    sorted.get(sorted.size() - 1)));
        });
        return table.toString();
    }
}
