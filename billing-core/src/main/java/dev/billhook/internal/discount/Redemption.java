package dev.billhook.internal.discount;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.discount.DiscountCheck;
import dev.billhook.discount.DiscountRefusedException;
import dev.billhook.error.ProviderException;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.internal.turn.Turn;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.spi.provider.discount.DiscountGateway;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Redeems codes for subscriptions and takes discounts off. */
public final class Redemption {
    private final DiscountGateway gateway;
    private final CodeCheck codes;
    private final SubscriptionService subscriptions;
    private final Ways ways;

    /** Redemptions at the gateway. */
    public Redemption(DiscountGateway gateway, CodeCheck codes, SubscriptionService subscriptions, Ways ways) {
        this.gateway = gateway;
        this.codes = codes;
        this.subscriptions = subscriptions;
        this.ways = ways;
    }

    /**
     * How discounts get to subscriptions.
     *
     * @param turns the provider replaces the whole list, so that two who read it at once would lose one's discount
     */
    public record Ways(MirrorSync sync, AccountTurns turns) {}

    /** Does it while nobody else changes discounts of the account. */
    <T> T inTurn(AccountRef account, Function<Act, T> work) {
        return ways.turns().take(account, turn -> work.apply(new Act(account, turn)));
    }

    /** What is done for an account in its turn. */
    record Act(AccountRef account, Turn turn) {}

    /** The subscription as it is at the provider now, so that no discount is lost that the mirror does not know yet. */
    Subscription refreshed(AccountRef account, Subscription subscription) {
        ways.sync().refreshSubscription(subscription.id());
        return stored(account, subscription.id());
    }

    /**
     * Redeems a code for subscriptions that were found to be fit for it. If one of them is refused, the others lose it again.
     *
     * @param word what was entered
     */
    List<Subscription> redeem(Act act, String word, CodeCheck.Entered entered, List<Subscription> fit, RequestKey key) {
        String codeId = entered.code().orElseThrow().id();
        RequestKey attempt = attempt(act.turn(), key);
        List<Subscription> given = new ArrayList<>();
        for (Subscription each : fit) {
            RequestKey own = RequestKey.derived("discount", attempt.value(), each.id());
            try {
                given.add(set(act, each, ids(each), codeId, own));
            } catch (ProviderException refusal) {
                if (refusal.retryable()) {
                    throw refusal;
                }
                takeBack(act, given, fit, refusal);
                act.turn().done(attempt);
                throw explained(act.account(), word, each, refusal);
            }
        }
        return given;
    }

    /** What was taken back is given anew: the provider repeats its answer for the same key. */
    private static RequestKey attempt(Turn turn, RequestKey key) {
        int number = 0;
        RequestKey attempt = key;
        while (turn.carriedOut(attempt)) {
            number++;
            attempt = RequestKey.derived("again", key.value(), number);
        }
        return attempt;
    }

    /** Sets which discounts a subscription has. */
    Subscription set(Act act, Subscription subscription, List<String> kept, @Nullable String codeId, RequestKey key) {
        act.turn().keep();
        ways.sync().command(subscription.id(), () -> gateway.set(subscription.id(), kept, codeId, key));
        return stored(act.account(), subscription.id());
    }

    private void takeBack(Act act, List<Subscription> given, List<Subscription> before, ProviderException refusal) {
        for (int i = 0; i < given.size(); i++) {
            try {
                set(act, given.get(i), ids(before.get(i)), null, RequestKey.random());
            } catch (RuntimeException again) {
                refusal.addSuppressed(again);
            }
        }
    }

    /** The last redemption may have been taken a moment ago: what speaks against the code now is why it was refused. */
    private RuntimeException explained(
            AccountRef account, String word, Subscription subscription, ProviderException refusal) {
        DiscountCheck now = codes.entered(account, word).forSubscription(subscription);
        if (now instanceof DiscountCheck.Refused reason) {
            DiscountRefusedException explained = new DiscountRefusedException(reason);
            explained.initCause(refusal);
            return explained;
        }
        return refusal;
    }

    private Subscription stored(AccountRef account, String id) {
        return subscriptions.list(account).stream()
                .filter(subscription -> subscription.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static List<String> ids(Subscription subscription) {
        return subscription.terms().discounts().stream()
                .map(BillingTerms.Discount::id)
                .toList();
    }
}
