package dev.billhook.internal.discount;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.discount.Purchase.Basket;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import java.util.Currency;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What codes are redeemed for, by the catalog. */
final class Baskets {
    private final Catalog catalog;

    Baskets(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * As many units of the plan as have to be bought.
     *
     * @param usual the currency the buyer is charged in, or null if he never was; counts if the plan is sold in it
     */
    Basket ofPlan(Plan plan, @Nullable Currency usual) {
        Set<Currency> currencies = plan.pricing().currencies();
        Currency currency = usual != null && currencies.contains(usual)
                ? usual
                : currencies.iterator().next();
        long units = plan.units().billed(plan.units().clamp(1));
        return new Basket(
                currency, Set.of(plan.product().key()), ListPrice.of(plan.pricing(), units, currency), Set.of());
    }

    /** The subscription's lines; empty if its currency is not known. */
    Optional<Basket> of(Subscription subscription) {
        BillingTerms terms = subscription.terms();
        Currency currency = terms.currency();
        if (currency == null) {
            return Optional.empty();
        }
        Set<String> products = new HashSet<>();
        long amount = 0;
        boolean known = true;
        for (SubscriptionItem item : subscription.items()) {
            Optional<Plan> plan = Optional.ofNullable(item.plan()).flatMap(catalog::findPlan);
            plan.ifPresent(found -> products.add(found.product().key()));
            Optional<Pricing> pricing =
                    plan.map(Plan::pricing).filter(found -> found.currencies().contains(currency));
            known &= pricing.isPresent();
            amount += pricing.map(found -> ListPrice.of(found, item.quantity(), currency))
                    .orElse(0L);
        }
        Set<String> coupons =
                terms.discounts().stream().map(BillingTerms.Discount::coupon).collect(Collectors.toSet());
        return Optional.of(new Basket(currency, products, known ? amount : null, coupons));
    }
}
