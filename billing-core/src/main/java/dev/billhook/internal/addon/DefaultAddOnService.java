package dev.billhook.internal.addon;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.addon.AddOn;
import dev.billhook.addon.AddOnException;
import dev.billhook.addon.AddOnException.Reason;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.addon.AddOnRequest;
import dev.billhook.addon.AddOnRequest.Placement;
import dev.billhook.addon.AddOnRules;
import dev.billhook.addon.AddOnService;
import dev.billhook.addon.RemovalPreview;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.internal.turn.Turn;
import dev.billhook.lifecycle.CancellationPreview;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** See {@link AddOnService}. */
public final class DefaultAddOnService implements AddOnService {
    private final Rules rules;
    private final MainSubscriptions subscriptions;
    private final AccountTurns turns;
    private final AddOnLines lines;
    private final AddOnSubscriptions own;

    /** A service that takes turns and changes lines and subscriptions. */
    public DefaultAddOnService(
            Rules rules,
            MainSubscriptions subscriptions,
            AccountTurns turns,
            AddOnLines lines,
            AddOnSubscriptions own) {
        this.rules = rules;
        this.subscriptions = subscriptions;
        this.turns = turns;
        this.lines = lines;
        this.own = own;
    }

    /** What is sold, and how add-ons are handled. */
    public record Rules(Catalog catalog, AddOnPolicy policy) {}

    @Override
    public List<AddOn> list(AccountRef account) {
        return Held.of(subscriptions.list(account), rules.catalog()).stream()
                .map(Held::told)
                .toList();
    }

    @Override
    public List<AddOn> add(AccountRef account, AddOnRequest request, RequestKey key) {
        Plan plan = rules.catalog().getPlan(request.plan());
        return inTurn(account, turn -> {
            if (turn.carriedOut(key)) {
                return;
            }
            Subscription main = lines.refreshed(subscriptions.require(account));
            Plan tier = subscriptions.plan(main);
            AddOnRules.check(main, tier, plan, request);
            long quantity = AddOnRules.quantity(plan, request.units());
            if (turn.wasAttempted(key) && has(account, plan, quantity)) {
                stay(account, plan, key);
                turn.done(key);
                return;
            }
            refuseSecond(account, plan);
            Timing timing = timing(main, request.timing(), rules.policy().adding());
            Placement place = AddOnRules.place(tier, plan, request, timing);
            turn.confirm();
            turn.attempt(key);
            if (place == Placement.LINE) {
                lines.change(main, new ItemChange.Add(plan.key(), quantity), timing, key);
            } else {
                own.subscribe(account, main, plan, quantity, timing, key);
            }
            turn.done(key);
        });
    }

    @Override
    public List<AddOn> setUnits(AccountRef account, PlanKey key, long units, Timing timing) {
        Plan plan = rules.catalog().getPlan(key);
        AddOnRules.checkUnits(plan, units);
        return inTurn(account, turn -> {
            Held held = require(account, plan).orElseThrow(() -> missing(account, plan));
            turn.confirm();
            lines.change(
                    held.subscription(),
                    new ItemChange.SetQuantity(held.item().id(), AddOnRules.quantity(plan, units)),
                    timing,
                    RequestKey.random());
        });
    }

    @Override
    public List<AddOn> remove(AccountRef account, PlanKey plan) {
        return remove(account, plan, null, RequestKey.random());
    }

    @Override
    public List<AddOn> remove(AccountRef account, PlanKey key, @Nullable Timing asked, RequestKey request) {
        Plan plan = rules.catalog().getPlan(key);
        return inTurn(account, turn -> {
            if (turn.carriedOut(request)) {
                return;
            }
            if (find(account, plan).isEmpty()) {
                withdraw(account, plan, turn, request);
                return;
            }
            Optional<Held> held = require(account, plan);
            turn.confirm();
            turn.attempt(request);
            held.ifPresent(each -> remove(
                    each, timing(each.subscription(), asked, rules.policy().removing()), request));
            turn.done(request);
        });
    }

    /** One that is only to begin with the renewal does not begin then; also if it was removed, but not from what is scheduled. */
    private void withdraw(AccountRef account, Plan plan, Turn turn, RequestKey key) {
        Subscription main = lines.refreshed(subscriptions.require(account));
        turn.confirm();
        if (!lines.withdraw(main, plan.key(), key) && !turn.wasAttempted(key)) {
            throw missing(account, plan);
        }
        turn.done(key);
    }

    private void remove(Held held, Timing timing, RequestKey key) {
        if (held.ownSubscription()) {
            own.end(held.subscription(), timing, key);
        } else {
            lines.change(held.subscription(), new ItemChange.Remove(held.item().id()), timing, key);
        }
    }

    @Override
    public RemovalPreview previewRemoval(AccountRef account, PlanKey key, Timing timing) {
        Plan plan = rules.catalog().getPlan(key);
        Held held = require(account, plan).orElseThrow(() -> missing(account, plan));
        if (held.ownSubscription()) {
            CancellationPreview end = own.previewEnd(held.subscription(), timing);
            return new RemovalPreview(end.endsAt(), end.last(), end.givenBack());
        }
        return lines.previewRemoval(held.subscription(), held.item(), timing);
    }

    private List<AddOn> inTurn(AccountRef account, Consumer<Turn> work) {
        return turns.take(account, turn -> {
            work.accept(turn);
            return list(account);
        });
    }

    /** In a trial nothing was paid: what is added is charged, and what is removed was never charged, from its end on. */
    private static Timing timing(Subscription main, @Nullable Timing asked, Timing policy) {
        if (asked != null) {
            return asked;
        }
        return main.status() == SubscriptionStatus.TRIALING ? Timing.NOW_WITHOUT_PRORATION : policy;
    }

    /** The add-on as the provider has it now; empty if it has gone there already, and nobody told so far. */
    private Optional<Held> require(AccountRef account, Plan plan) {
        Held held = find(account, plan).orElseThrow(() -> missing(account, plan));
        lines.refreshed(held.subscription());
        return Held.of(subscriptions.list(account), rules.catalog()).stream()
                .filter(each -> each.item().id().equals(held.item().id()))
                .findFirst();
    }

    private Optional<Held> find(AccountRef account, Plan plan) {
        return Held.of(subscriptions.list(account), rules.catalog()).stream()
                .filter(each -> plan.key().equals(each.plan()))
                .findFirst();
    }

    private static AddOnException missing(AccountRef account, Plan plan) {
        return new AddOnException(
                Reason.MISSING, "Account " + account + " does not have add-on '" + plan.key() + "'", "add it first");
    }

    /** It was added, but perhaps not to what is scheduled. */
    private void stay(AccountRef account, Plan plan, RequestKey key) {
        Held.of(subscriptions.list(account), rules.catalog()).stream()
                .filter(held -> !held.ownSubscription() && plan.key().equals(held.plan()))
                .forEach(held -> lines.keep(held.subscription(), held.item().id(), key));
    }

    private boolean has(AccountRef account, Plan plan, long quantity) {
        return Held.of(subscriptions.list(account), rules.catalog()).stream()
                .anyMatch(held -> plan.key().equals(held.plan()) && held.item().quantity() == quantity);
    }

    private void refuseSecond(AccountRef account, Plan plan) {
        boolean present = Held.of(subscriptions.list(account), rules.catalog()).stream()
                .anyMatch(held -> rules.catalog().getPlan(held.plan()).product().equals(plan.product()));
        if (present) {
            throw new AddOnException(
                    Reason.PRESENT,
                    "Account " + account + " has add-on '" + plan.product().key() + "' already",
                    "set its units, or remove it first");
        }
    }
}
