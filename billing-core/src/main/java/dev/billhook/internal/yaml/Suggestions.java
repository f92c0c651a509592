package dev.billhook.internal.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Suggestions {
    private Suggestions() {}

    /** The most similar candidate, if one is similar at all. */
    static Optional<String> nearest(String wrong, Collection<String> candidates) {
        String given = wrong.toLowerCase(Locale.ROOT);
        int tolerated = Math.max(1, given.length() / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - given.length()) <= tolerated)
                .filter(candidate -> distance(given, candidate) <= tolerated)
                .min(Comparator.comparingInt(candidate -> distance(given, candidate)));
    }

    /** {@code ; did you mean 'x'?}, or what there is to choose from. */
    static String hint(String wrong, Collection<String> candidates) {
        return nearest(wrong, candidates)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse(candidates.isEmpty() ? "" : "; there is " + String.join(", ", candidates));
    }

    /** Insertions, deletions, replacements and swaps of neighbours between two texts (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int best = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
                best = Math.min(best, steps[i - 1][j - 1] + (same ? 0 : 1));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                steps[i][j] = swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
            }
        }
        return steps[a.length()][b.length()];
    }
}
