package dev.billhook.stripe.testing;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static dev.billhook.stripe.testing.Situations.HOBBY;
import static dev.billhook.stripe.testing.Situations.PRO;
import static dev.billhook.stripe.testing.Situations.SUPPORT;
import static dev.billhook.stripe.testing.Situations.TEAM;

import dev.billhook.addon.AddOnRequest;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Timing;
import dev.billhook.unit.UnitChange;
import java.util.stream.Stream;

/** Commands in situations in which they are several writes at Stripe. */
public final class LongCommands {
    private LongCommands() {}

    /** Each. */
    public static Stream<ShopCommand> all() {
        return Stream.of(
                new ShopCommand(
                        "cancel at period end, with a downgrade scheduled",
                        Situations::changing,
                        (billing, shop, key) ->
                                billing.subscriptions().cancel(BUYER, Cancellation.atPeriodEnd(), Why.UNSAID, key)),
                new ShopCommand(
                        "cancel now and refund two invoices",
                        Situations::grown,
                        (billing, shop, key) -> billing.subscriptions()
                                .cancel(BUYER, Cancellation.now(Settlement.REFUND), Why.UNSAID, key)),
                new ShopCommand(
                        "cancel now and credit two invoices",
                        Situations::grown,
                        (billing, shop, key) -> billing.subscriptions()
                                .cancel(BUYER, Cancellation.now(Settlement.CREDIT), Why.UNSAID, key)),
                new ShopCommand(
                        "changePlan now, with a downgrade scheduled",
                        Situations::changing,
                        (billing, shop, key) -> billing.subscriptions()
                                .changePlan(BUYER, PlanChange.to(TEAM).withUnits(5), key)),
                new ShopCommand(
                        "changePlan at renewal, in place of another",
                        Situations::shrinking,
                        (billing, shop, key) -> billing.subscriptions()
                                .changePlan(BUYER, PlanChange.to(PRO).at(Timing.AT_RENEWAL), key)),
                new ShopCommand(
                        "changePlan to the present one, with a downgrade scheduled",
                        Situations::changing,
                        (billing, shop, key) -> billing.subscriptions().changePlan(BUYER, PlanChange.to(PRO), key)),
                new ShopCommand(
                        "confirm, with fewer units scheduled",
                        Situations::shrinking,
                        ShopCommand.confirming(PlanChange.to(TEAM).withUnits(5).at(Timing.NOW_INVOICE))),
                new ShopCommand("confirm at renewal", Situations::pro, ShopCommand.confirming(PlanChange.to(HOBBY))),
                new ShopCommand(
                        "collectBy, with a downgrade scheduled",
                        Situations::changing,
                        (billing, shop, key) -> billing.subscriptions().collectBy(BUYER, CollectionMethod.invoice(14))),
                new ShopCommand(
                        "units.add, with fewer scheduled",
                        Situations::shrinking,
                        (billing, shop, key) ->
                                billing.units().change(BUYER, UnitChange.add(2).with(key))),
                new ShopCommand(
                        "discounts.apply, with a downgrade scheduled",
                        Situations::changingWithCode,
                        (billing, shop, key) -> billing.discounts().apply(BUYER, "TENOFF", key)),
                new ShopCommand(
                        "discounts.applyToAll, with an add-on beside",
                        Situations::besideWithCode,
                        (billing, shop, key) -> billing.discounts().applyToAll(BUYER, "TENOFF", key)),
                new ShopCommand(
                        "addOns.add, with a downgrade scheduled",
                        Situations::changing,
                        (billing, shop, key) -> billing.addOns().add(BUYER, AddOnRequest.of(SUPPORT), key)),
                new ShopCommand(
                        "addOns.remove at renewal, with a downgrade scheduled",
                        Situations::supportedAndChanging,
                        (billing, shop, key) -> billing.addOns().remove(BUYER, SUPPORT, Timing.AT_RENEWAL, key)),
                new ShopCommand(
                        "addOns.remove now, with a downgrade scheduled",
                        Situations::supportedAndChanging,
                        (billing, shop, key) -> billing.addOns().remove(BUYER, SUPPORT, Timing.NOW_PRORATE, key)),
                new ShopCommand(
                        "addOns.remove now, from a subscription of its own",
                        Situations::beside,
                        (billing, shop, key) -> billing.addOns().remove(BUYER, SUPPORT, Timing.NOW_PRORATE, key)));
    }
}
