package dev.billhook.benchmarks.ratio;

import dev.billhook.benchmarks.EntitlementBenchmark;
import dev.billhook.benchmarks.RememberedBenchmark;
import dev.billhook.benchmarks.WebhookBenchmark;
import dev.billhook.benchmarks.snapshot.SnapshotBenchmark;
import java.util.List;

/**
 * A limit and what is measured against it.
 *
 * @param title for people
 * @param type holds the benchmarks
 * @param limit method of the limit
 * @param subjects methods of what cannot be faster
 */
record Comparison(String title, Class<?> type, String limit, List<String> subjects) {
    static final List<Comparison> ALL = List.of(
            new Comparison(
                    "webhook: verify and read a subscription event",
                    WebhookBenchmark.class,
                    "hmac",
                    List.of("receive", "receiveAndRead")),
            new Comparison(
                    "entitlements: resolve an account, remembered",
                    RememberedBenchmark.class,
                    "caffeine",
                    List.of("resolve")),
            new Comparison(
                    "entitlements: resolve an account (PostgreSQL)",
                    EntitlementBenchmark.class,
                    "select",
                    List.of("statement", "resolve")),
            new Comparison(
                    "mirror: take in a snapshot (PostgreSQL)",
                    SnapshotBenchmark.class,
                    "jdbcByHand",
                    List.of("billhook", "jdbi")));

    /** Copies the list. */
    Comparison {
        subjects = List.copyOf(subjects);
    }

    /** The name the harness knows a method by. */
    String benchmark(String method) {
        return type.getName() + "." + method;
    }
}
