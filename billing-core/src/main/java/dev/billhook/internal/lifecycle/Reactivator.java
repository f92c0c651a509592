package dev.billhook.internal.lifecycle;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.internal.offer.Places;
import dev.billhook.internal.subscription.Commands;
import dev.billhook.internal.subscription.MainSubscriptions;
import dev.billhook.internal.turn.AccountTurns;
import dev.billhook.internal.turn.Turn;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.lifecycle.Reactivation.Prices;
import dev.billhook.lifecycle.ReactivationException;
import dev.billhook.lifecycle.ReactivationException.Reason;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.provider.SubscriptionGateway.NewLine;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets an account that left have again what it had. */
public final class Reactivator {
    private final Catalog catalog;
    private final MainSubscriptions subscriptions;
    private final SubscriptionGateway gateway;
    private final Commands commands;
    private final AccountTurns turns;
    private final Places places;

    /** Of subscriptions at the gateway. */
    public Reactivator(
            Catalog catalog,
            MainSubscriptions subscriptions,
            SubscriptionGateway gateway,
            Commands commands,
            AccountTurns turns,
            Places places) {
        this.catalog = catalog;
        this.subscriptions = subscriptions;
        this.gateway = gateway;
        this.commands = commands;
        this.turns = turns;
        this.places = places;
    }

    /**
     * A new subscription with the lines of the one that ended last; the one that was begun so already if the answer to that was
     * lost.
     */
    Subscription reactivate(AccountRef account, Reactivation wish, RequestKey key) {
        return turns.take(account, turn -> again(account, wish, key, turn));
    }

    private Subscription again(AccountRef account, Reactivation wish, RequestKey key, Turn turn) {
        if (subscriptions.find(account).isPresent()) {
            throw new ReactivationException(
                    Reason.STILL_SUBSCRIBED, "Account " + account + " has a subscription that has not ended");
        }
        String endedId = subscriptions.list(account).stream()
                .filter(each -> each.status() == SubscriptionStatus.CANCELED && !subscriptions.onlyAddOns(each))
                .max(Comparator.comparing(Reactivator::end))
                .map(Subscription::id)
                .orElseThrow(() -> new ReactivationException(
                        Reason.NOTHING_ENDED, "Account " + account + " has no subscription that ended"));
        Optional<Fetched<SubscriptionSnapshot>> begun = gateway.findSuccessor(endedId);
        if (begun.isPresent()) {
            return commands.begin(begun::get);
        }
        Subscription ended = commands.refresh(endedId);
        List<NewLine> lines = lines(ended, wish);
        if (!gateway.canBeCharged(endedId)) {
            throw new ReactivationException(
                    Reason.NO_PAYMENT_METHOD, "Account " + account + " has nothing it could be charged from");
        }
        return places.during(ended.plans(), account, () -> {
            turn.keep();
            return commands.begin(() -> gateway.beginAgain(endedId, lines, key));
        });
    }

    private List<NewLine> lines(Subscription ended, Reactivation wish) {
        Set<String> prices =
                ended.items().stream().map(SubscriptionItem::priceId).collect(Collectors.toSet());
        Set<String> sellable = gateway.sellable(prices);
        return ended.items().stream()
                .map(item -> line(item, sellable.contains(item.priceId()), wish.prices()))
                .toList();
    }

    private NewLine line(SubscriptionItem item, boolean sold, Prices prices) {
        Optional<PlanKey> plan = Optional.ofNullable(item.plan())
                .filter(key -> catalog.findPlan(key).isPresent());
        if (sold && (plan.isEmpty() || prices == Prices.OLD_IF_SOLD)) {
            return new NewLine(null, item.priceId(), item.quantity());
        }
        return plan.map(key -> new NewLine(key, null, item.quantity()))
                .orElseThrow(() -> new ReactivationException(
                        Reason.NOT_SOLD, "Line " + item.id() + " of what it had is not sold any more"));
    }

    private static Instant end(Subscription ended) {
        return Objects.requireNonNullElse(ended.endedAt(), ended.createdAt());
    }
}
