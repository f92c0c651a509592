package dev.billhook.internal.lifecycle;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.internal.subscription.Order;
import dev.billhook.internal.subscription.PlanChanger;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;

/** Moves main subscriptions to other plans, each in its account's turn. */
public final class PlanChanges {
    private final MainSubscriptions subscriptions;
    private final AccountTurns turns;
    private final Commands commands;
    private final PlanChanger changer;
    private final Previews previews;

    /**
     * Changes that the changer decides and carries out.
     *
     * @param turns so that a change of plan and one of units do not overwrite each other
     */
    public PlanChanges(
            MainSubscriptions subscriptions,
            AccountTurns turns,
            Commands commands,
            PlanChanger changer,
            Previews previews) {
        this.subscriptions = subscriptions;
        this.turns = turns;
        this.commands = commands;
        this.changer = changer;
        this.previews = previews;
    }

    Subscription change(AccountRef account, PlanChange change, RequestKey key) {
        return turns.take(account, turn -> {
            Subscription current =
                    commands.refresh(subscriptions.require(account).id());
            turn.confirm();
            return changer.carryOut(current, changer.decide(current, change), Order.of(key));
        });
    }

    ChangePreview preview(AccountRef account, PlanChange change) {
        return previews.preview(account, subscriptions.require(account).id(), change);
    }

    Subscription confirm(AccountRef account, String token) {
        return turns.take(account, turn -> {
            turn.confirm();
            return previews.confirm(account, token);
        });
    }

    Subscription withdraw(AccountRef account) {
        return changer.release(subscriptions.require(account), RequestKey.random());
    }
}
