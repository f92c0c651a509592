package dev.billhook.internal.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what somebody probably meant. */
final class Suggestions {
    private Suggestions() {}

    /** {@code ; did you mean 'x'?} for the most similar candidate, or what there is to choose from. */
    static String hint(String wrong, Collection<String> candidates) {
        String given = wrong.toLowerCase(Locale.ROOT);
        int tolerated = Math.max(1, given.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(given, candidate.toLowerCase(Locale.ROOT)) <= tolerated)
                .min(Comparator.comparingInt(candidate -> distance(given, candidate.toLowerCase(Locale.ROOT))))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse(candidates.isEmpty() ? "" : "; there is " + String.join(", ", candidates));
    }

    /** Single-character insertions, deletions and replacements between two texts (Levenshtein). */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
