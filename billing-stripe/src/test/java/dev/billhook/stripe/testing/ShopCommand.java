package dev.billhook.stripe.testing;

import dev.billhook.Billing;
import dev.billhook.RequestKey;
import dev.billhook.subscription.PlanChange;
import java.util.function.Consumer;

/**
 * A command of the public API, as it is given and repeated.
 *
 * @param before what must be so that it can be given
 * @param run gives it
 */
public record ShopCommand(String name, Consumer<OneBuyer> before, Run run) {
    /** Gives a command to a server of the shop; the key is the same when it is repeated. */
    @FunctionalInterface
    public interface Run {
        void give(Billing billing, OneBuyer shop, RequestKey key);
    }

    /** Confirms a change that was shown before the first try. */
    static Run confirming(PlanChange wish) {
        return (billing, shop, key) -> billing.subscriptions()
                .confirm(
                        OneBuyer.BUYER,
                        shop.once(
                                "token",
                                () -> billing.subscriptions()
                                        .preview(OneBuyer.BUYER, wish)
                                        .token()));
    }

    /** A shop in which it can be given. */
    public OneBuyer ready() {
        OneBuyer shop = new OneBuyer(Situations.CATALOG);
        before.accept(shop);
        shop.sync();
        return shop;
    }

    @Override
    public String toString() {
        return name;
    }
}
