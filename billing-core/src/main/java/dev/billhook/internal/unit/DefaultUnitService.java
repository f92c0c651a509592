package dev.billhook.internal.unit;

import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.subscription.Subscription;
import dev.billhook.unit.UnitChange;
import dev.billhook.unit.UnitDrifts;
import dev.billhook.unit.UnitService;
import dev.billhook.unit.UnitSource;
import dev.billhook.unit.Units;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** See {@link UnitService}. */
public final class DefaultUnitService implements UnitService {
    private final MainSubscriptions subscriptions;
    private final AccountTurns turns;
    private final UnitChanges changes;
    private final UnitDriftCheck driftCheck;
    private final @Nullable UnitSource source;

    /**
     * A service of the parts that read, take turns, change and compare.
     *
     * @param source the host's count, or null if it has none
     */
    public DefaultUnitService(
            MainSubscriptions subscriptions,
            AccountTurns turns,
            UnitChanges changes,
            UnitDriftCheck driftCheck,
            @Nullable UnitSource source) {
        this.subscriptions = subscriptions;
        this.turns = turns;
        this.changes = changes;
        this.driftCheck = driftCheck;
        this.source = source;
    }

    @Override
    public Optional<Units> find(AccountRef account) {
        return subscriptions
                .find(account)
                .flatMap(subscription -> subscriptions
                        .findPlan(subscription)
                        .filter(plan -> plan.pricing().takesUnits())
                        .map(plan -> UnitNumbers.of(subscription, plan, counted(account))));
    }

    @Override
    public Subscription change(AccountRef account, UnitChange change) {
        return turns.take(account, turn -> changes.change(account, change, turn));
    }

    @Override
    public Subscription sync(AccountRef account) {
        UnitSource counting = require();
        return turns.take(account, turn -> {
            OptionalLong counted = counting.count(account);
            Subscription current = subscriptions.require(account);
            Optional<Plan> plan = subscriptions
                    .findPlan(current)
                    .filter(each -> each.pricing().takesUnits());
            return counted.isEmpty() || plan.isEmpty()
                    ? current
                    : changes.change(
                            account,
                            UnitChange.set(Math.max(
                                    counted.getAsLong(), plan.get().units().minimum())),
                            turn);
        });
    }

    @Override
    public UnitDrifts drift(@Nullable String after, int max) {
        return driftCheck.check(require(), after, max);
    }

    private @Nullable Long counted(AccountRef account) {
        OptionalLong count = source == null ? OptionalLong.empty() : source.count(account);
        return count.isPresent() ? count.getAsLong() : null;
    }

    private UnitSource require() {
        if (source == null) {
            throw new InvalidStateException(
                    "Nobody counts units: give the builder a UnitSource with BillingBuilder.unitSource(…)");
        }
        return source;
    }
}
