package dev.billhook.subscription;

import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Other lines that a subscription will have from a later time on.
 *
 * @param at when (UTC)
 * @param lines what it will consist of, all lines
 * @since 0.1.0
 */
public record ScheduledChange(Instant at, List<Line> lines) {
    /** Copies the lines. */
    public ScheduledChange {
        lines = List.copyOf(lines);
    }

    /** The plans it will have, in the lines' order, those of the catalog only. */
    public List<PlanKey> plans() {
        return lines.stream()
                .map(Line::plan)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Whether the lines are the subscription's own: nothing would change, or the change was carried out. */
    public boolean isStateOf(List<SubscriptionItem> items) {
        List<Line> own = items.stream().map(Line::of).sorted(Line.ORDER).toList();
        return own.equals(lines.stream().sorted(Line.ORDER).toList());
    }

    /**
     * A line to be.
     *
     * @param priceId the provider's price; informational
     * @param plan the plan the price belongs to; null if the price is not the catalog's
     * @param quantity units; 0 for metered lines
     */
    public record Line(String priceId, @Nullable PlanKey plan, long quantity) {
        private static final Comparator<Line> ORDER =
                Comparator.comparing(Line::priceId).thenComparing(Line::quantity);

        private static Line of(SubscriptionItem item) {
            return new Line(item.priceId(), item.plan(), item.quantity());
        }
    }
}
