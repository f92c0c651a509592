package dev.billhook.migration;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.money.Money;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that is concerned.
 *
 * @param account whose
 * @param subscriptionId the provider's id; informational
 * @param lines its lines on older prices; empty if a run that died had moved them and only this one tells of it
 * @param skipped why it stays where it is, or null if it is moved
 * @since 0.1.0
 */
public record MigrationStep(
        AccountRef account,
        String subscriptionId,
        List<Line> lines,
        @Nullable SkipReason skipped) {
    /** Copies the lines. */
    public MigrationStep {
        lines = List.copyOf(lines);
    }

    /** Whether it is moved. */
    public boolean moves() {
        return skipped == null;
    }

    /** The same, left where it is. */
    public MigrationStep skipped(SkipReason why) {
        return new MigrationStep(account, subscriptionId, lines, why);
    }

    /** What its lines are charged in a period, in one currency; empty if none of them has an amount. */
    public Optional<MoneyImpact> impact() {
        return lines.stream()
                .filter(line -> line.before() != null && line.after() != null)
                .map(line -> new MoneyImpact(line.before(), line.after()))
                .reduce(MoneyImpact::plus);
    }

    /**
     * A line.
     *
     * @param units how many; 0 for metered use
     * @param before charged each period at the older price, before discounts and tax; null for metered use, or if that price
     *     is none a catalog can express
     * @param after charged each period at the present price; null for metered use, or if the plan is not sold in the
     *     subscription's currency any more
     */
    public record Line(
            PlanKey plan,
            long units,
            @Nullable Money before,
            @Nullable Money after) {}

    /** Charged each period, before and after. */
    public record MoneyImpact(Money before, Money after) {
        /** The sum. */
        public MoneyImpact plus(MoneyImpact other) {
            return new MoneyImpact(before.plus(other.before), after.plus(other.after));
        }
    }
}
