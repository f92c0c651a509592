package dev.billhook.internal.unit;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.conversion.Conversion;
import dev.billhook.conversion.Conversion.ScheduleStep;
import dev.billhook.conversion.ConversionRequest;
import dev.billhook.conversion.ItemChange;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.error.ProviderException;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.internal.subscription.Order;
import dev.billhook.internal.subscription.PlanChanger;
import dev.billhook.internal.trial.ZeroUnitTrials;
import dev.billhook.internal.turn.PendingChange;
import dev.billhook.internal.turn.Turn;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import dev.billhook.unit.UnitChange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes units in an account's turn. Each change starts from what the provider has, and is noted before it is sent: whoever
 * comes next sends it again before anything else if its outcome is not known, so it is made once and before the next.
 */
public final class UnitChanges {
    /** Longer than any call and its repetitions are on their way. */
    static final Duration IN_FLIGHT = Duration.ofMinutes(5);

    private final Decisions decisions;
    private final Ways ways;
    private final MainSubscriptions subscriptions;
    private final ZeroUnitTrials zeroUnits;
    private final InstantSource clock;

    /** Changes of the main subscriptions. */
    public UnitChanges(
            Decisions decisions,
            Ways ways,
            MainSubscriptions subscriptions,
            ZeroUnitTrials zeroUnits,
            InstantSource clock) {
        this.decisions = decisions;
        this.ways = ways;
        this.subscriptions = subscriptions;
        this.zeroUnits = zeroUnits;
        this.clock = clock;
    }

    /** What is sold and how lines become others. */
    public record Decisions(Catalog catalog, PlanConverter converter) {}

    /** How lines are changed at the provider. */
    public record Ways(MirrorSync sync, SubscriptionGateway gateway, Commands commands, PlanChanger changer) {}

    Subscription change(AccountRef account, UnitChange change, Turn turn) {
        turn.leftBehind(clock.instant().minus(IN_FLIGHT)).ifPresent(former -> finish(turn, former));
        if (turn.carriedOut(change.key())) {
            return inStep(turn, change.key(), subscriptions.require(account));
        }
        Subscription current = fresh(account);
        Subscription changed = carryOut(turn, change, request(current, change));
        boolean hadNone = subscriptions
                .findPlan(current)
                .map(plan -> UnitNumbers.bought(current, plan) == 0)
                .orElse(false);
        return zeroUnits.settle(changed, hadNone);
    }

    /** What a former holder has begun. If the provider refuses it now, it has refused it then. */
    private void finish(Turn turn, PendingChange former) {
        try {
            send(turn, former);
        } catch (ProviderException e) {
            if (e.retryable()) {
                throw e;
            }
        }
    }

    private Subscription fresh(AccountRef account) {
        ways.sync().refreshSubscription(subscriptions.require(account).id());
        return subscriptions.require(account);
    }

    /** At renewal the number counts from what there will be. */
    private ConversionRequest request(Subscription current, UnitChange change) {
        boolean later = change.timing() == Timing.AT_RENEWAL;
        Optional<ScheduledChange> scheduled = current.scheduledChange().filter(any -> later);
        Plan plan = scheduled.flatMap(this::planOf).orElseGet(() -> subscriptions.plan(current));
        long present = scheduled
                .map(planned -> UnitNumbers.planned(planned, plan))
                .orElseGet(() -> UnitNumbers.bought(current, plan));
        long wanted = change.from(present);
        if (!plan.pricing().takesUnits() || !plan.units().allows(wanted)) {
            throw new IllegalArgumentException(
                    "Plan '" + plan.key() + "' cannot have " + wanted + " units; " + plan.units());
        }
        ConversionRequest request = ConversionRequest.of(current, plan).withUnits(wanted);
        return change.timing() == null ? request : request.at(change.timing());
    }

    private Optional<Plan> planOf(ScheduledChange change) {
        return change.plans().stream()
                .flatMap(key -> decisions.catalog().findPlan(key).stream())
                .filter(plan -> !plan.product().addOn())
                .findFirst();
    }

    private Subscription carryOut(Turn turn, UnitChange change, ConversionRequest request) {
        Subscription current = request.current();
        Conversion conversion = decisions.converter().convert(request);
        Optional<ItemChange.SetQuantity> only = onlyChange(conversion);
        if (only.isPresent()) {
            PendingChange pending = new PendingChange(
                    RequestKey.random(),
                    current.id(),
                    only.get().itemId(),
                    only.get().quantity(),
                    conversion.timing(),
                    clock.instant(),
                    change.key() == null ? null : turn.command(change.key()));
            boolean amends = conversion.schedule() == ScheduleStep.AMEND;
            if (amends) {
                ways.changer().requireAmendable(current, conversion);
                toBeInStep(turn, change.key());
            }
            turn.begin(pending);
            Subscription changed = send(turn, pending);
            return amends ? putInStep(turn, change.key(), changed) : changed;
        }
        turn.confirm();
        Subscription changed = ways.changer().change(request, RequestKey.random());
        turn.done(change.key());
        return changed;
    }

    private static void toBeInStep(Turn turn, @Nullable RequestKey key) {
        if (key != null) {
            turn.done(RequestKey.derived("to-be-in-step", key.value()));
        }
    }

    /** Completes a command whose change was made, if what is scheduled was not put in step with it then. */
    private Subscription inStep(Turn turn, @Nullable RequestKey key, Subscription changed) {
        boolean open = key != null
                && turn.carriedOut(RequestKey.derived("to-be-in-step", key.value()))
                && !turn.carriedOut(RequestKey.derived("in-step", key.value()));
        return open ? putInStep(turn, key, changed) : changed;
    }

    private Subscription putInStep(Turn turn, @Nullable RequestKey key, Subscription changed) {
        Subscription amended = ways.changer().amend(changed, Order.of(RequestKey.random()));
        if (key != null) {
            turn.done(RequestKey.derived("in-step", key.value()));
        }
        return amended;
    }

    /** Nearly every change of units is one write, which can be noted. */
    private static Optional<ItemChange.SetQuantity> onlyChange(Conversion conversion) {
        return conversion.timing().now()
                        && conversion.schedule() != ScheduleStep.RELEASE
                        && conversion.changes().size() == 1
                        && conversion.changes().get(0) instanceof ItemChange.SetQuantity set
                ? Optional.of(set)
                : Optional.empty();
    }

    private Subscription send(Turn turn, PendingChange change) {
        List<ItemChange> changes = List.of(new ItemChange.SetQuantity(change.itemId(), change.quantity()));
        try {
            Subscription changed = ways.commands()
                    .run(
                            change.subscriptionId(),
                            () -> ways.gateway()
                                    .changeItems(change.subscriptionId(), changes, change.timing(), change.key()));
            turn.settle(change, true);
            return changed;
        } catch (ProviderException e) {
            if (!e.retryable()) {
                turn.settle(change, false);
            }
            throw e;
        }
    }
}
