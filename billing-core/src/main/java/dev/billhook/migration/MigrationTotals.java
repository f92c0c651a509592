package dev.billhook.migration;

import dev.billhook.migration.MigrationStep.MoneyImpact;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts and sums of a migration.
 *
 * @param seen running and ended subscriptions that were looked at
 * @param moved subscriptions that are moved
 * @param skipped subscriptions that stay on an older price, by reason
 * @param impact what those that are moved are charged each of their periods, before and after, by currency. Amounts of
 *     months and years are added up as they are
 * @since 0.1.0
 */
public record MigrationTotals(long seen, long moved, Map<SkipReason, Long> skipped, Map<Currency, MoneyImpact> impact) {
    /** Nothing yet. */
    public static final MigrationTotals NONE = new MigrationTotals(0, 0, Map.of(), Map.of());

    /** Copies the maps. */
    public MigrationTotals {
        Map<SkipReason, Long> reasons = new EnumMap<>(SkipReason.class);
        reasons.putAll(skipped);
        skipped = Collections.unmodifiableMap(reasons);
        Map<Currency, MoneyImpact> sums = new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
        sums.putAll(impact);
        impact = Collections.unmodifiableMap(sums);
    }

    /** How many stay on an older price. */
    public long stay() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One more that was looked at. */
    public MigrationTotals sawOne() {
        return new MigrationTotals(seen + 1, moved, skipped, impact);
    }

    /** One more that is concerned. */
    public MigrationTotals plus(MigrationStep step) {
        if (step.skipped() != null) {
            Map<SkipReason, Long> reasons = new EnumMap<>(SkipReason.class);
            reasons.putAll(skipped);
            reasons.merge(step.skipped(), 1L, Long::sum);
            return new MigrationTotals(seen, moved, reasons, impact);
        }
        Map<Currency, MoneyImpact> sums = new HashMap<>(impact);
        step.impact().ifPresent(each -> sums.merge(each.after().currency(), each, MoneyImpact::plus));
        return new MigrationTotals(seen, moved + 1, skipped, sums);
    }
}
