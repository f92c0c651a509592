package dev.billhook.imports;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts of an import.
 *
 * @param rows lines that were looked at
 * @param unchanged rows for which nothing was left to do
 * @param effects how often each thing was done
 * @param conflicts rows for which nothing can be done, by reason
 * @since 0.1.0
 */
public record ImportTotals(
        long rows, long unchanged, Map<ImportEffect, Long> effects, Map<ImportConflict, Long> conflicts) {
    /** Nothing yet. */
    public static final ImportTotals NONE = new ImportTotals(0, 0, Map.of(), Map.of());

    /** Copies the maps. */
    public ImportTotals {
        Map<ImportEffect, Long> done = new EnumMap<>(ImportEffect.class);
        done.putAll(effects);
        effects = Collections.unmodifiableMap(done);
        Map<ImportConflict, Long> reasons = new EnumMap<>(ImportConflict.class);
        reasons.putAll(conflicts);
        conflicts = Collections.unmodifiableMap(reasons);
    }

    /** How often it was done. */
    public long of(ImportEffect effect) {
        return effects.getOrDefault(effect, 0L);
    }

    /** How many rows are left for somebody to look at. */
    public long inConflict() {
        return conflicts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One row more. */
    public ImportTotals plus(ImportStep step) {
        Map<ImportEffect, Long> done = new EnumMap<>(ImportEffect.class);
        done.putAll(effects);
        step.effects().forEach(effect -> done.merge(effect, 1L, Long::sum));
        Map<ImportConflict, Long> reasons = new EnumMap<>(ImportConflict.class);
        reasons.putAll(conflicts);
        if (step.conflict() != null) {
            reasons.merge(step.conflict(), 1L, Long::sum);
        }
        return new ImportTotals(rows + 1, unchanged + (step.concerned() ? 0 : 1), done, reasons);
    }
}
